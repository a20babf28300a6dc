package org.witan.validator.link.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What operators read of a failed attempt is a sentence. */
class UnreachableTest {
    static Stream<Arguments> problems() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), "nobody listens there"),
                Arguments.of(new ConnectException("timed out"), "it did not answer in time"),
                Arguments.of(new SocketTimeoutException(), "it did not answer in time"),
                Arguments.of(new NoRouteToHostException("no"), "there is no route to it"),
                Arguments.of(new UnknownHostException("x"), "its name has no address"),
                Arguments.of(
                        new SocketException("Connection reset"),
                        "the connection failed: connection reset"),
                Arguments.of(new IOException("no answer in 4 s"), "no answer in 4 s"));
    }

    @ParameterizedTest
    @MethodSource("problems")
    void namesNoClass(IOException problem, String sentence) {
        assertThat(Unreachable.sentence(problem)).isEqualTo(sentence);
        IOException wrapped = new IOException("no link's server answers", problem);
        assertThat(Unreachable.sentence(wrapped)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @MethodSource("problems")
    void namesNoClassOfTheLibraryEither(IOException problem, String sentence) {
        IOException odd = new IOException(sentence, new IllegalStateException(problem));
        assertThat(Unreachable.sentence(odd)).isEqualTo("what answers there is not a link port");
    }
}
