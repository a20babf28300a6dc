/**
 * A node's configuration: what is set, by whom, and whether it can be.
 *
 * <p>Start at {@link org.witan.validator.cli.config.SettingsSources#resolve}. A flag beats a {@code
 * WITAN_…} variable, that beats the file, that beats the default. Every problem of the file is told
 * at once. Source: docs/operating/configuration.md.
 */
@NullMarked
package org.witan.validator.cli.config;

import org.jspecify.annotations.NullMarked;
