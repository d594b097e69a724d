package dev.slipway.platform;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggerContextListener;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * Keeps the broker, the store and the mail server from flooding the log of the process that embeds them. Only levels
 * that nobody has set are set, and again after a logging system has reset them, as Spring Boot does when it starts.
 */
final class QuietLogs implements LoggerContextListener {
    private static final Map<String, Level> LEVELS = Map.of(
            "kafka", Level.WARN,
            "org.apache.kafka", Level.WARN,
            "de.bwaldvogel.mongo", Level.WARN,
            // it logs each document that it refuses; the client is told why anyway
            "de.bwaldvogel.mongo.wire.MongoWireProtocolHandler", Level.OFF,
            "io.netty", Level.WARN,
            "com.icegreen.greenmail", Level.WARN);

    private QuietLogs() {}

    static synchronized void keep() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            if (context.getCopyOfListenerList().stream().noneMatch(QuietLogs.class::isInstance)) {
                context.addListener(new QuietLogs());
            }
            quieten(context);
        }
    }

    private static void quieten(LoggerContext context) {
        LEVELS.forEach((name, level) -> {
            Logger logger = context.getLogger(name);
            if (logger.getLevel() == null) {
                logger.setLevel(level);
            }
        });
    }

    @Override
    public boolean isResetResistant() {
        return true;
    }

    @Override
    public void onReset(LoggerContext context) {
        quieten(context);
    }

    @Override
    public void onStart(LoggerContext context) {
        quieten(context);
    }

    @Override
    public void onStop(LoggerContext context) {}

    @Override
    public void onLevelChange(Logger logger, Level level) {}
}
