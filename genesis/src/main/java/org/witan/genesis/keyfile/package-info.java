/**
 * Private keys on disk: an encrypted PKCS#8 PEM file that OpenSSL reads and writes too.
 *
 * <p>Start at {@link KeyFile}. PBES2 with PBKDF2-HMAC-SHA256 and AES-256-CBC, by the platform's own
 * cryptography: no provider is registered and little is loaded, so that light commands stay light.
 * Any thread. Source: RFC 5958, RFC 8018, RFC 8410; docs/protocol/genesis.md, G13.
 */
@NullMarked
package org.witan.genesis.keyfile;

import org.jspecify.annotations.NullMarked;
