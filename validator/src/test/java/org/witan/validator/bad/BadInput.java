package org.witan.validator.bad;

import java.nio.charset.StandardCharsets;

/**
 * One input that must be refused.
 *
 * @param name of its file, without the ending
 * @param bytes its content
 */
record BadInput(String name, byte[] bytes) {
    static BadInput of(String name, String text) {
        return new BadInput(name, text.getBytes(StandardCharsets.UTF_8));
    }
}
