package org.witan.validator.api.endpoint;

/** Answers the requests of one route, on the thread of the connection; may block within limits. */
public interface Endpoint {
    /**
     * Answers one request.
     *
     * @throws Refused if it cannot be answered as asked
     */
    Answer answer(Call call);
}
