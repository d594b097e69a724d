package dev.slipway.testkit;

import dev.slipway.platform.TopicSpec;
import dev.slipway.platform.Topics;
import java.util.Collection;

/** A broker, a store and an inbox for tests, wherever they run. */
interface TestPlatform extends AutoCloseable {
    /** Address for {@code bootstrap.servers}. */
    String kafka();

    /** Connection string for one database. */
    String mongodb(String database);

    /** Port of the inbox's mail server on 127.0.0.1. */
    int smtpPort();

    /** Base address of the inbox's Slack API. */
    String slackUrl();

    /** What it runs on, for the one line that tells. */
    String description();

    @Override
    void close();

    default void createTopics(Collection<TopicSpec> topics) {
        Topics.create(kafka(), topics);
    }
}
