/** Signatures of transactions, verified on threads of their own before the node loop needs them. */
@NullMarked
package org.witan.validator.node.verify;

import org.jspecify.annotations.NullMarked;
