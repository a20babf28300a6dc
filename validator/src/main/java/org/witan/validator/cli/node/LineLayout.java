package org.witan.validator.cli.node;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.witan.genesis.cli.Json;

/**
 * Writes a log event as one line: time in UTC, level, stream, message.
 *
 * <p>The stream is the last part of the logger's name: {@code EVENT} for something that happened
 * once, {@code STATUS} for the state of the node, both with {@code key=value} messages; anything
 * else is a library. A stack trace follows on lines of its own as text, and as a field in JSON.
 */
final class LineLayout extends LayoutBase<ILoggingEvent> {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final boolean json;

    LineLayout(boolean json) {
        this.json = json;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        String time = TIME.format(event.getInstant());
        String stream = event.getLoggerName().replaceFirst(".*\\.", "");
        IThrowableProxy thrown = event.getThrowableProxy();
        String trace = thrown == null ? "" : ThrowableProxyUtil.asString(thrown);
        String message = String.valueOf(event.getFormattedMessage());
        if (!json) {
            String oneLine = message.replace("\r", "").replace("\n", "\\n");
            return "%s %-5s %s %s%n%s".formatted(time, event.getLevel(), stream, oneLine, trace);
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", time);
        fields.put("level", event.getLevel().toString());
        fields.put("stream", stream);
        fields.put("message", message);
        if (!trace.isEmpty()) {
            fields.put("trace", trace);
        }
        return Json.text(fields) + System.lineSeparator();
    }
}
