package app.holdfast.desktop.cli;

import app.holdfast.core.Holdfast;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the log goes: warnings to the error stream from the first moment (logback finds this class by its service
/// file), everything else to `logs/holdfast.log` in the data directory once there is one. Never to standard output,
/// which carries only answers.
public final class Logs extends ContextAwareBase implements Configurator {

    private static final String FILE_BYTES_MAX = "4MB";
    private static final int FILES_MAX = 4;
    private static final String FILE_APPENDER = "file";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setTarget("System.err");
        console.setEncoder(pattern(context, "holdfast: %level: %msg%n%ex{short}"));
        var onlyWarnings = new ThresholdFilter();
        onlyWarnings.setLevel("WARN");
        onlyWarnings.start();
        console.addFilter(onlyWarnings);
        console.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(LogLevel.chosen(), Level.INFO));
        root.addAppender(console);
        for (String chatty : new String[] {"org.jooq", "org.flywaydb", "tech.kwik"}) {
            context.getLogger(chatty).setLevel(Level.WARN);
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /// Keeps the log in the data directory from now on. Where there is no library nothing is made; where the directory
    /// may not be written the error stream has to do.
    public static void keep(Path data) {
        if (!Holdfast.isInitialised(data)) {
            return;
        }
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        Appender<ILoggingEvent> before = root.getAppender(FILE_APPENDER);
        if (before != null) {
            root.detachAppender(before);
            before.stop();
        }
        Appender<ILoggingEvent> file = rolling(context, data.resolve("logs"));
        root.addAppender(file);
    }

    private static Appender<ILoggingEvent> rolling(LoggerContext context, Path directory) {
        var file = new RollingFileAppender<ILoggingEvent>();
        file.setName(FILE_APPENDER);
        file.setContext(context);
        file.setFile(directory.resolve("holdfast.log").toString());
        file.setEncoder(pattern(context, "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level [%thread] %logger{20} - %msg%n"));
        var policy = new FixedWindowRollingPolicy();
        policy.setContext(context);
        policy.setParent(file);
        policy.setFileNamePattern(directory.resolve("holdfast.%i.log").toString());
        policy.setMinIndex(1);
        policy.setMaxIndex(FILES_MAX - 1);
        policy.start();
        var trigger = new SizeBasedTriggeringPolicy<ILoggingEvent>();
        trigger.setContext(context);
        trigger.setMaxFileSize(FileSize.valueOf(FILE_BYTES_MAX));
        trigger.start();
        file.setRollingPolicy(policy);
        file.setTriggeringPolicy(trigger);
        file.start();
        return file;
    }

    private static PatternLayoutEncoder pattern(LoggerContext context, String pattern) {
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }
}
