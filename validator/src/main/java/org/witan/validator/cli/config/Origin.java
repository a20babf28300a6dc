package org.witan.validator.cli.config;

import java.util.Locale;

/** Who set a value, the strongest first. */
public enum Origin {
    /** An option of the command. */
    FLAG,
    /** A variable of the environment. */
    ENVIRONMENT,
    /** The configuration file. */
    FILE,
    /** Nobody. */
    DEFAULT;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
