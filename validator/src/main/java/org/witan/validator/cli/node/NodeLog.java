package org.witan.validator.cli.node;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * The log: lines on the error output. Commands other than a node's write warnings and worse.
 *
 * <p>Logback finds this class as a service; a configuration in XML would take longer to read than
 * most commands run.
 */
public final class NodeLog extends ContextAwareBase implements Configurator {
    /** Libraries whose information is of no use to an operator. */
    private static final List<String> CHATTY = List.of("io.helidon", "org.java_websocket");

    /** Called by Logback when the first line is about to be written. */
    @Override
    public ExecutionStatus configure(LoggerContext context) {
        set(context, Level.WARN, false);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /**
     * Sets what a node writes.
     *
     * @param level {@code error} to {@code trace}
     * @param json whether each line is a JSON object
     */
    static void use(String level, boolean json) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        set(context, Level.toLevel(level), json);
        CHATTY.forEach(name -> context.getLogger(name).setLevel(Level.WARN));
    }

    private static void set(LoggerContext context, Level level, boolean json) {
        LineLayout layout = new LineLayout(json);
        layout.setContext(context);
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.start();
        ConsoleAppender<ILoggingEvent> lines = new ConsoleAppender<>();
        lines.setContext(context);
        lines.setTarget("System.err");
        lines.setEncoder(encoder);
        lines.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.detachAndStopAllAppenders();
        root.addAppender(lines);
        root.setLevel(level);
    }
}
