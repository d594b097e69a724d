package dev.slipway.platform.inbox;

import java.nio.file.Path;

/**
 * On which ports the inbox listens, and how much it keeps.
 *
 * @param directory for its files, created if missing
 * @param smtpPort 0 for a free one
 * @param slackPort 0 for a free one
 * @param messagesMax how many Slack messages, and as many emails, are shown; older ones are forgotten
 * @param requestBytesMax largest body of a Slack request
 * @param connectionBytesMax what a mail client may send over one connection
 * @param journalBytesMax size at which a journal file is closed; one closed file is kept beside the open one
 */
public record InboxSettings(
        Path directory,
        int smtpPort,
        int slackPort,
        int messagesMax,
        int requestBytesMax,
        int connectionBytesMax,
        long journalBytesMax) {
    private static final int MESSAGES_MAX = 1_000;
    private static final int REQUEST_BYTES_MAX = 256 * 1024;
    private static final int CONNECTION_BYTES_MAX = 2 * 1024 * 1024;
    private static final long JOURNAL_BYTES_MAX = 16L * 1024 * 1024;

    public InboxSettings {
        if (messagesMax < 1 || requestBytesMax < 1 || connectionBytesMax < 1 || journalBytesMax < 1) {
            throw new IllegalArgumentException("every bound of the inbox must be above 0");
        }
    }

    public static InboxSettings in(Path directory, int smtpPort, int slackPort) {
        return new InboxSettings(
                directory,
                smtpPort,
                slackPort,
                MESSAGES_MAX,
                REQUEST_BYTES_MAX,
                CONNECTION_BYTES_MAX,
                JOURNAL_BYTES_MAX);
    }
}
