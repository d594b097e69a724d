package dev.slipway.contracts.release;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.validation.Baseline;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which version comes next ({@code GET /api/v1/applications/{application}/next-version}): a suggestion, by which nothing is
 * decided.
 *
 * @param version the suggestion; null where nothing has changed
 * @param branch whose commits were read
 * @param head its newest commit
 * @param since the release that production runs, verified; null where it has verified none
 * @param step which number rises
 * @param commits that were read
 * @param conventional those of them whose messages are conventional ones
 * @param more whether there are older commits that were not read
 * @param reasons why it is this version, in sentences for a person
 * @param because the changes that decided, the newest first
 */
public record NextVersionView(
        String application,
        @Nullable String version,
        String branch,
        Sha head,
        @Nullable Baseline since,
        Step step,
        @JsonSetter(nulls = Nulls.AS_EMPTY) int commits,
        @JsonSetter(nulls = Nulls.AS_EMPTY) int conventional,
        @JsonSetter(nulls = Nulls.AS_EMPTY) boolean more,
        List<String> reasons,
        List<ChangeView> because) {
    public NextVersionView {
        Texts.requirePresent("application", application);
        Texts.requirePresent("step", step);
        reasons = List.copyOf(reasons);
        because = List.copyOf(because);
    }

    /** Which number of the version rises. */
    public enum Step {
        /** None: it is the first one. */
        FIRST,
        MAJOR,
        MINOR,
        PATCH,
        /** Nothing has changed. */
        NONE,
        @JsonEnumDefaultValue
        UNKNOWN
    }
}
