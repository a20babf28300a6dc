package org.witan.validator.api;

/**
 * Why a request was not answered as asked, in the form of RFC 9457.
 *
 * <p>On the wire: {@code application/problem+json} with {@code type}, {@code title} (what), {@code
 * status}, {@code detail} (why), {@code code}, {@code fix}, and {@code network} and {@code height}
 * as in every body.
 *
 * @param status the HTTP status, 400 to 599
 * @param code stable name in capitals, the same that the command line shows
 * @param what one sentence that says what is wrong
 * @param why what was found, naming the limit where one was passed
 * @param fix what to try
 */
public record Problem(int status, String code, String what, String why, String fix) {
    /** Media type of a problem's body. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The URI that names this kind of problem. */
    public String type() {
        return "urn:witan:problem:" + code;
    }
}
