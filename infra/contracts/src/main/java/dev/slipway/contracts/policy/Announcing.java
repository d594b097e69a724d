package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.slipway.contracts.Texts;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who is told of a release that has ended, over which channel (ADR 57).
 *
 * @param id lower-case letters and digits with single hyphens between them, 1 to 60 characters, unique in its policy
 * @param over which channel
 * @param to addresses for mail, Slack channels for chat, addresses of {@link PageAddress} for a status page or a release's
 *     text; 1 to 20, each once
 * @param after which end it tells of
 * @param reviewedBy role of contacts, one of whom has to have said yes to exactly the text that is sent; null for nobody
 */
public record Announcing(
        String id,
        Over over,
        List<String> to,
        After after,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String reviewedBy) {
    public static final int MAX = 20;
    public static final int TO_MAX = 20;
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s@<>\"]{1,200}@[^\\s@<>\"]{1,200}");
    private static final Pattern ROOM = Pattern.compile("#?[^\\s#<>\"]{1,100}");

    /** How it is told. */
    public enum Over {
        MAIL,
        CHAT,
        /** As an incident of a status page that is resolved. */
        STATUS_PAGE,
        /** As the text of the release at its tag, at the Git host. */
        RELEASE_TEXT
    }

    /** What has to have come of the release. */
    public enum After {
        /** Users have it, for good. */
        COMPLETED,
        /** Users had it, and have the version before again. */
        ROLLED_BACK,
        /** One of both: users had it, and either keep it or have the version before again. Of duties alone. */
        END
    }

    public Announcing {
        Texts.requireLength("announcements.id", id, 1, 60);
        Texts.requirePresent("announcements.channel", over);
        Texts.requirePresent("announcements.after", after);
        if (after == After.END) {
            throw new IllegalArgumentException(
                    "announcements: %s tells what came of a release, after completed or after rolled-back"
                            .formatted(id));
        }
        to = List.copyOf(to);
        Ranges.require("announcements.to: number of receivers", to.size(), 1, TO_MAX);
        Policy.requireOnce("announcements.to: each receiver", to);
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "announcements.id must be lower-case letters and digits with single hyphens between them, is "
                            + Texts.shown(id));
        }
        to.forEach(each -> requireReceiver(over, each));
        if (over == Over.RELEASE_TEXT && after == After.ROLLED_BACK) {
            throw new IllegalArgumentException(
                    "announcements.after: what was taken back has no tag, so there is no release whose text it could be");
        }
        if (reviewedBy != null) {
            Texts.requireLength("announcements.reviewedBy", reviewedBy, 1, 60);
        }
    }

    private static void requireReceiver(Over over, String to) {
        switch (over) {
            case MAIL -> requireMatch(ADDRESS, "email addresses", to);
            case CHAT -> requireMatch(ROOM, "Slack channels", to);
            case STATUS_PAGE, RELEASE_TEXT -> requirePage(over, to);
        }
    }

    private static void requireMatch(Pattern legal, String what, String to) {
        if (!legal.matcher(to).matches()) {
            throw new IllegalArgumentException("announcements.to must be %s, is %s".formatted(what, Texts.shown(to)));
        }
    }

    private static void requirePage(Over over, String to) {
        try {
            page(over, to);
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException("announcements.to " + none.getMessage(), none);
        }
    }

    /** @throws IllegalArgumentException if it is none for this channel */
    private static PageAddress page(Over over, String to) {
        return PageAddress.of(
                to,
                over == Over.STATUS_PAGE
                        ? Set.of(PageAddress.Form.STATUSPAGE)
                        : Set.of(PageAddress.Form.GITHUB, PageAddress.Form.GITLAB));
    }

    /**
     * Where it is sent of a release.
     *
     * @param tag of the release, at which its text is put
     */
    public List<String> receivers(String tag) {
        return over == Over.RELEASE_TEXT
                ? to.stream().map(each -> page(over, each).at(tag)).toList()
                : to;
    }
}
