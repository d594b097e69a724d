package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ReleaseId;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.SettingChange;
import dev.slipway.contracts.validation.Baseline;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Notes of a release: facts, and what people say above them ({@code GET /api/v1/releases/{id}/notes}). A change stands in one of
 * the sections by its type, and among those that break something besides if it does.
 *
 * @param kind {@code STANDARD}, {@code ROLLBACK} or {@code CONFIGURATION}
 * @param state where the release is; before its end notes tell what is known so far
 * @param at since when it is there
 * @param since the release that production had verified last when this one was proposed; null where there was none
 * @param unread why the changes cannot be told, in a sentence; null where they are told
 * @param more whether there are older changes that are not told
 * @param configuration what is otherwise in production's configuration
 * @param knownLimitations what it goes without, a sentence each
 * @param upgrade what is recommended to whoever upgrades, a sentence each, the weightiest first
 * @param prose what people say above the facts; absent where nobody has said anything
 * @param measured what users got before it and since, a sentence each; absent where nothing was measured
 * @param disruption what users had of it, where production went back from it, holds it or had it repaired, in a sentence; absent where it did not
 * @param guide in what its guide differs from the guide's file at its revision, and by whose word it goes by that, a sentence
 *     each; absent where there is nothing to say
 */
public record NotesView(
        ReleaseId release,
        String application,
        String version,
        Sha sha,
        String kind,
        ReleasePhase state,
        Instant at,
        @Nullable Baseline since,
        @Nullable String unread,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean more,
        List<ChangeView> breaking,
        List<ChangeView> features,
        List<ChangeView> improvements,
        List<ChangeView> fixes,
        List<ChangeView> others,
        List<SettingChange> configuration,
        List<String> knownLimitations,
        List<String> upgrade,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Prose prose,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> measured,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String disruption,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> guide) {
    /**
     * Words of people. The facts stay below them as they are.
     *
     * @param text plain text, as {@link NotesEdit} has it
     * @param by address of whoever said it last
     * @param reason why, in their words
     * @param digest of the text as UTF-8, {@code sha256:} and 64 hexadecimal digits
     */
    public record Prose(String text, String by, Instant at, String reason, String digest) {}

    public NotesView {
        Texts.requirePresent("release", release);
        Texts.requirePresent("state", state);
        breaking = List.copyOf(breaking);
        features = List.copyOf(features);
        improvements = List.copyOf(improvements);
        fixes = List.copyOf(fixes);
        others = List.copyOf(others);
        configuration = List.copyOf(configuration);
        knownLimitations = List.copyOf(knownLimitations);
        upgrade = List.copyOf(upgrade);
        measured = List.copyOf(measured);
        guide = List.copyOf(guide);
    }
}
