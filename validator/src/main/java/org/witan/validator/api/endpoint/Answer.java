package org.witan.validator.api.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.witan.validator.api.json.Json;

/**
 * What an endpoint answers.
 *
 * @param status the HTTP status
 * @param mediaType what the body is
 * @param body the body, not copied
 * @param headers more headers, in order
 */
@SuppressWarnings("ArrayRecordComponent")
public record Answer(int status, String mediaType, byte[] body, Map<String, String> headers) {
    /** 200 with a body. */
    static Answer ok(ObjectNode body) {
        return json(200, body);
    }

    /** A body with any status. */
    static Answer json(int status, ObjectNode body) {
        return new Answer(status, Json.MEDIA_TYPE, Json.bytes(body), Map.of());
    }

    /** 200 with bytes that are not copied. */
    static Answer bytes(String mediaType, byte[] body) {
        return new Answer(200, mediaType, body, Map.of());
    }
}
