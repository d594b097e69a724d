package dev.slipway.release.notes;

import dev.slipway.contracts.notification.Channel;
import dev.slipway.contracts.policy.Announcing;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.Announced;
import dev.slipway.contracts.release.AnnouncementView;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.release.application.Tags;
import dev.slipway.release.saga.Announcements;
import dev.slipway.release.saga.Dossier;

/**
 * The text that an announcement of the policy is sent with: the draft for its channel, as if the release had come to the end
 * that it tells of already. So what is reviewed before is what is sent, as long as the facts stay.
 */
public final class AnnouncementTexts {
    private static final int CHARACTERS_MAX = 10_000;
    private static final String MORE = "\n… The rest is in the notes of the release.";

    private AnnouncementTexts() {}

    public static Announced of(Dossier d, NotesView notes, Announcing asked) {
        NotesView then = ended(notes, asked);
        String text = Announcement.of(d, then, written(asked.over())).text();
        String subject = Announcement.headline(then);
        return new Announced(
                asked.id(),
                channel(asked.over()),
                asked.receivers(tag(d)),
                subject,
                text.length() <= CHARACTERS_MAX
                        ? text
                        : text.substring(0, text.lastIndexOf('\n', CHARACTERS_MAX)) + MORE);
    }

    private static AnnouncementView.Channel written(Announcing.Over over) {
        return switch (over) {
            case MAIL -> AnnouncementView.Channel.MAIL;
            case CHAT, STATUS_PAGE -> AnnouncementView.Channel.CHAT;
            case RELEASE_TEXT -> AnnouncementView.Channel.TEXT;
        };
    }

    private static Channel channel(Announcing.Over over) {
        return switch (over) {
            case MAIL -> Channel.EMAIL;
            case CHAT -> Channel.SLACK;
            case STATUS_PAGE -> Channel.STATUS_PAGE;
            case RELEASE_TEXT -> Channel.RELEASE_TEXT;
        };
    }

    /** Of the release; empty where its policy has none, and so no text of a release either. */
    private static String tag(Dossier d) {
        Policy policy = d.release().policy();
        Policy.Merge merge = policy == null ? null : policy.merge();
        return merge == null ? "" : Tags.of(merge, d.release().proposal().version());
    }

    /** What users had of it is told of what was taken back: while production holds a version it may come to any end. */
    private static NotesView ended(NotesView notes, Announcing asked) {
        return new NotesView(
                notes.release(),
                notes.application(),
                notes.version(),
                notes.sha(),
                notes.kind(),
                Announcements.phase(asked.after()),
                notes.at(),
                notes.since(),
                notes.unread(),
                notes.more(),
                notes.breaking(),
                notes.features(),
                notes.improvements(),
                notes.fixes(),
                notes.others(),
                notes.configuration(),
                notes.knownLimitations(),
                notes.upgrade(),
                notes.prose(),
                notes.measured(),
                asked.after() == Announcing.After.ROLLED_BACK ? notes.disruption() : null,
                notes.guide());
    }
}
