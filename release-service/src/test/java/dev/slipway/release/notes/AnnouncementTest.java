package dev.slipway.release.notes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.contracts.EnvironmentId;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.deployment.RolloutStatus;
import dev.slipway.contracts.release.AnnouncementView;
import dev.slipway.contracts.release.AnnouncementView.Channel;
import dev.slipway.contracts.release.NotesView;
import dev.slipway.contracts.release.ReleasePhase;
import dev.slipway.release.notes.History.Told;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.EndedReleases;
import dev.slipway.release.saga.Prospect;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Drafts of announcements for each channel, of releases that came to different ends. */
final class AnnouncementTest {
    private static final Instant AT = Instant.parse("2026-01-05T10:00:00Z");
    private static final Told.Read READ = Commits.read(
            "feat(greet): by *name*",
            "fix: count once",
            "perf: half the time",
            "feat!: another address\n\nBREAKING CHANGE: use /v2",
            "fix: two",
            "fix: three",
            "chore: how");

    private static AnnouncementView draft(Dossier d, Told told, Channel channel) {
        return Announcement.of(d, ReleaseNotes.of(d, told), channel);
    }

    private static Dossier ended(ReleasePhase end) {
        return EndedReleases.of(EndedReleases.launch("hello@1.0.0", AT), end, AT);
    }

    private static Dossier back(int step, @Nullable String before) {
        ReleaseId id = new ReleaseId("hello@1.0.0");
        RolloutStatus restored = new RolloutStatus(
                new QuestionKey(id, EnvironmentId.PRODUCTION, 1),
                new EnvironmentId(id.application(), EnvironmentId.PRODUCTION),
                RolloutStatus.Phase.RESTORED,
                0,
                step,
                4,
                false,
                null,
                null,
                null,
                before,
                null,
                List.of());
        return EndedReleases.of(
                EndedReleases.launch("hello@1.0.0", AT),
                ReleasePhase.ROLLED_BACK,
                AT,
                null,
                List.of(),
                List.of(restored));
    }

    @Test
    void users_have_a_version_again_only_where_there_is_one_and_they_had_another() {
        assertThat(draft(back(0, "0.9.0"), READ, Channel.CHAT).text())
                .contains("Users had nothing of it, and have 0.9.0 as before.");
        assertThat(draft(back(1, null), READ, Channel.CHAT).text())
                .contains("Nothing is served any more, as there is no version before it.");
        assertThat(draft(ended(ReleasePhase.ROLLED_BACK), READ, Channel.CHAT).text())
                .as("an operator has ended it before production said that it is back")
                .contains("Production is asked to go back.");
    }

    @Test
    void a_mail_has_a_subject_and_plain_text_with_whom_to_ask() {
        AnnouncementView mail = draft(ended(ReleasePhase.COMPLETED), READ, Channel.MAIL);

        assertThat(mail.subject()).isEqualTo("hello 1.0.0 is released");
        assertThat(mail.text())
                .startsWith("hello 1.0.0 is released.\nIt is the first release, and runs for all users.\n")
                .containsSubsequence(
                        "\nWhat Breaks:\n- another address: use /v2\n",
                        "\nNew:\n- by *name*\n",
                        "\nBetter:\n- half the time\n",
                        "\nFixed:\n- count once\n",
                        "\nUpgrade Recommendations:\n- Back up existing data before the upgrade.\n",
                        "- Review the compatibility notes: 1 change breaks something, as above.\n",
                        "- Test it in a staging environment first.\n",
                        "\nQuestions: Support <support@example.test>")
                .doesNotContain("\n- how");
        assertThat(mail.verdict()).isTrue();
        assertThat(mail.before()).isEmpty();
    }

    @Test
    void a_chat_has_a_few_lines_what_breaks_first() {
        AnnouncementView chat = draft(ended(ReleasePhase.COMPLETED), READ, Channel.CHAT);

        assertThat(chat.subject()).isNull();
        assertThat(chat.text().lines())
                .containsExactly(
                        "hello 1.0.0 is released. It is the first release, and runs for all users.",
                        "- breaks: another address: use /v2",
                        "- by *name*",
                        "- half the time",
                        "- count once",
                        "- two",
                        "and 1 change more",
                        "Upgrade: Back up existing data before the upgrade. Review the compatibility notes: 1 change"
                                + " breaks something, as above. Test it in a staging environment first.");
    }

    @Test
    void what_a_maintainer_says_comes_before_the_facts_and_a_chat_has_the_first_line_of_it() {
        Dossier d = ended(ReleasePhase.COMPLETED);
        NotesView said = said(ReleaseNotes.of(d, READ), "It greets *everybody*.\n\n- by name\n- at once", null);

        assertThat(Announcement.of(d, said, Channel.MAIL).text())
                .containsSubsequence(
                        "It is the first release, and runs for all users.\n\nIt greets *everybody*.\n\n- by name\n- at once\n",
                        "\nWhat Breaks:\n");
        assertThat(Announcement.of(d, said, Channel.TEXT).text())
                .containsSubsequence(
                        "\n## In Words\n\nIt greets \\*everybody\\*.\n\n• by name\n\n• at once\n", "\n## What Breaks\n")
                .contains("\n## Upgrade Recommendations\n\n- Back up existing data before the upgrade.\n")
                .doesNotContain("ada@example.test", "slipway app rollback");
        assertThat(Announcement.of(d, said, Channel.CHAT).text().lines())
                .startsWith(
                        "hello 1.0.0 is released. It is the first release, and runs for all users.",
                        "It greets *everybody*.",
                        "- breaks: another address: use /v2");
    }

    @Test
    void what_was_taken_back_tells_what_users_had_of_it_and_nothing_of_what_it_was_to_bring() {
        Dossier d = back(1, "0.9.0");
        NotesView said = said(ReleaseNotes.of(d, READ), "It greets everybody.", "Users of 1.0.0 had 3 errors.");
        String had = "As far as is counted by now: Users of 1.0.0 had 3 errors.";

        assertThat(Announcement.of(d, said, Channel.MAIL).text().lines())
                .startsWith("hello 1.0.0 was taken back.", "Users have 0.9.0 again.", had);
        assertThat(Announcement.of(d, said, Channel.CHAT).text().lines())
                .containsExactly("hello 1.0.0 was taken back. Users have 0.9.0 again.", had);
        assertThat(Announcement.of(d, said, Channel.TEXT).text())
                .contains("\n" + had + "\n")
                .doesNotContain("greets", "Upgrade");
    }

    private static NotesView said(NotesView notes, String prose, @Nullable String disruption) {
        return new NotesView(
                notes.release(),
                notes.application(),
                notes.version(),
                notes.sha(),
                notes.kind(),
                notes.state(),
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
                new NotesView.Prose(prose, "ada@example.test", AT, "for users", "sha256:0"),
                notes.measured(),
                disruption,
                notes.guide());
    }

    @Test
    void the_text_of_a_release_is_markdown_in_which_commits_are_text() {
        assertThat(draft(ended(ReleasePhase.COMPLETED), READ, Channel.TEXT).text())
                .startsWith("# hello 1.0.0 is released\n")
                .contains("## New\n\n- by \\*name\\*\n", "## What Breaks\n");
    }

    @Test
    void what_came_to_nothing_announces_that_and_no_changes() {
        for (Channel channel : new Channel[] {Channel.MAIL, Channel.CHAT, Channel.TEXT}) {
            assertThat(draft(back(1, "0.9.0"), READ, channel).text())
                    .contains("hello 1.0.0 was taken back", "Users have 0.9.0 again.")
                    .doesNotContain("name", "/v2");
        }
        assertThat(draft(ended(ReleasePhase.REJECTED), READ, Channel.MAIL).subject())
                .isEqualTo("hello 1.0.0 is not released");
    }

    @Test
    void a_release_on_its_way_is_drafted_and_not_to_be_sent_yet() {
        Dossier d = Prospect.of(EndedReleases.launch("hello@1.0.0", AT));

        AnnouncementView early = draft(d, READ, Channel.CHAT);

        assertThat(early.verdict()).isFalse();
        assertThat(early.text())
                .startsWith("hello 1.0.0 is on its way. It is not released yet")
                .contains("by *name*");
        assertThat(early.before()).containsExactly("The release has not ended: send nothing before it has.");
    }

    @Test
    void what_git_cannot_tell_is_to_be_seen_to_first() {
        assertThat(draft(ended(ReleasePhase.COMPLETED), new Told.Refused("Revision 1 is gone"), Channel.MAIL)
                        .before())
                .containsExactly("What has changed is not known: Revision 1 is gone.");
    }

    @Test
    void nothing_is_written_for_a_channel_that_is_not_known() {
        assertThatThrownBy(() -> draft(ended(ReleasePhase.COMPLETED), READ, Channel.UNKNOWN))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
