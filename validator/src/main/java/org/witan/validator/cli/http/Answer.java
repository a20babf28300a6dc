package org.witan.validator.cli.http;

import java.nio.charset.StandardCharsets;

/**
 * What a server answered.
 *
 * @param status the HTTP status
 * @param body the content, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, byte[] body) {
    /** The content as text. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
