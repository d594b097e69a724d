package dev.slipway.release.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.contracts.release.Contacts;
import dev.slipway.contracts.release.Milestone;
import dev.slipway.contracts.release.Milestone.Kind;
import dev.slipway.contracts.release.ReleaseStatus;
import dev.slipway.contracts.release.ReleaseView;
import dev.slipway.contracts.release.Waiting;
import dev.slipway.release.saga.AskedRelease;
import dev.slipway.release.saga.Dossier;
import dev.slipway.release.saga.Telling;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Technical lead, DevOps and support are named wherever a person is asked for something: in what is shown, and in what is sent. */
final class WhomToAskTest {
    private static final String CONTACTS = "technical-lead Ada (ada@example.test, #hello); "
            + "devops Ben (ben@example.test, #ops); support Support (support@example.test)";

    /** Nobody is asked for anything by a message of these kinds. */
    private static final Set<Kind> TELLS_ONLY = EnumSet.of(
            Kind.PROPOSED,
            Kind.APPROVED,
            Kind.STAGED,
            Kind.ROLLING_OUT,
            Kind.BAKING,
            Kind.ROLLING_BACK,
            Kind.ABORTED,
            Kind.SUPERSEDED,
            Kind.COMPLETED,
            Kind.UNKNOWN);

    @ParameterizedTest
    @EnumSource
    void whoever_is_asked_for_something_is_shown_and_sent_whom_to_ask(AskedRelease asked) {
        Dossier d = asked.dossier();
        ReleaseView view = ReleaseViews.view(d);
        ReleaseStatus status = Telling.status(d);

        assertThat(status.milestones())
                .as("it is asked")
                .extracting(Milestone::kind)
                .contains(asked.told());
        assertThat(command(view.waiting())).as("what a person does next").contains(asked.command());
        assertThat(command(view.waiting()).isEmpty()).isEqualTo(asked.command().isEmpty());
        assertThat(command(status.waiting())).isEqualTo(command(view.waiting()));

        assertThat(Contacts.line(view.contacts())).isEqualTo(CONTACTS);
        assertThat(Contacts.line(ReleaseViews.listed(d).contacts())).isEqualTo(CONTACTS);
        assertThat(Contacts.line(Contacts.of(status.contacts())))
                .as("for whoever sends it")
                .isEqualTo(CONTACTS);
    }

    @Test
    void no_way_of_asking_is_left_out_here() {
        Set<Kind> asks =
                Arrays.stream(AskedRelease.values()).map(AskedRelease::told).collect(Collectors.toSet());

        assertThat(EnumSet.complementOf(EnumSet.copyOf(TELLS_ONLY)))
                .as("kinds of messages by which people are asked")
                .isSubsetOf(asks);
    }

    @Test
    void the_day_by_which_somebody_sees_to_an_item_is_sent_with_them() {
        assertThat(Telling.status(AskedRelease.ITEM.dossier()).items())
                .singleElement()
                .satisfies(item -> assertThat(item.owner()).isEqualTo("ben@example.test"));
    }

    @Test
    void an_environment_knows_whom_to_tell_when_what_runs_there_goes_bad() {
        assertThat(Contacts.line(Contacts.of(AskedRelease.toldOfIncidents()))).isEqualTo(CONTACTS);
    }

    private static String command(@Nullable Waiting waiting) {
        return waiting == null || waiting.command() == null ? "" : waiting.command();
    }
}
