package dev.slipway.testkit;

import dev.slipway.platform.Platform;
import dev.slipway.platform.PlatformSettings;
import java.nio.file.Path;

/** The platform inside this JVM. */
final class EmbeddedTestPlatform implements TestPlatform {
    private final Platform platform;

    EmbeddedTestPlatform(Path home) {
        platform = Platform.start(PlatformSettings.in(home));
    }

    @Override
    public String kafka() {
        return platform.kafka();
    }

    @Override
    public String mongodb(String database) {
        return platform.mongodb(database);
    }

    @Override
    public int smtpPort() {
        return platform.smtpPort();
    }

    @Override
    public String slackUrl() {
        return platform.slackUrl();
    }

    @Override
    public String description() {
        return "the embedded platform";
    }

    @Override
    public void close() {
        platform.close();
    }
}
