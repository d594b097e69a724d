package dev.slipway.contracts.validation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.slipway.contracts.ApplicationName;
import dev.slipway.contracts.Artifact;
import dev.slipway.contracts.QuestionKey;
import dev.slipway.contracts.Sha;
import dev.slipway.contracts.Texts;
import dev.slipway.contracts.policy.Drift;
import dev.slipway.contracts.policy.Gate;
import dev.slipway.contracts.policy.Isolation;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.Stage;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Command: do these gates pass for this revision? Repeated until the answer is complete.
 *
 * @param gates the gates of this stage. A required check is a gate with {@code check: required-check:<name>}
 * @param source repository and branches, for the merge check
 * @param address where the version runs, for http gates; null before staging
 * @param askedAt when the question was first asked; each gate waits {@code within} from here
 * @param http2 whether the version is asked in HTTP/2 by prior knowledge; false where it is not said
 * @param metrics where the version tells its own metrics, for gates on them; null where it does not
 * @param baseline with what evidence is compared; null where no release was verified yet
 * @param waivable ids of those gates that people may waive: the others are waited for though one of these does not pass
 * @param isolation what both environments give their programs, for the check {@code isolated}; null where no gate has it
 * @param drift what they give them otherwise than when the last release was verified, for the check {@code settings}; null likewise
 */
public record Assess(
        QuestionKey question,
        ApplicationName application,
        Sha sha,
        List<Artifact> artifacts,
        Stage stage,
        List<Gate> gates,
        Policy.Source source,
        @Nullable URI address,
        Instant askedAt,

        @JsonInclude(JsonInclude.Include.NON_DEFAULT) @JsonSetter(nulls = Nulls.AS_EMPTY)
        boolean http2,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable URI metrics,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Baseline baseline,

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @JsonSetter(nulls = Nulls.AS_EMPTY)
        List<String> waivable,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Isolation isolation,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Drift drift) {
    public Assess {
        Texts.requirePresent("question", question);
        Texts.requirePresent("application", application);
        Texts.requirePresent("sha", sha);
        Texts.requirePresent("artifacts", artifacts);
        Texts.requirePresent("stage", stage);
        Texts.requirePresent("gates", gates);
        Texts.requirePresent("source", source);
        Texts.requirePresent("askedAt", askedAt);
        artifacts = List.copyOf(artifacts);
        gates = List.copyOf(gates);
        waivable = List.copyOf(waivable);
    }

    /** None of whose gates compares with what was given before. */
    public Assess(
            QuestionKey question,
            ApplicationName application,
            Sha sha,
            List<Artifact> artifacts,
            Stage stage,
            List<Gate> gates,
            Policy.Source source,
            @Nullable URI address,
            Instant askedAt,
            boolean http2,
            @Nullable URI metrics,
            @Nullable Baseline baseline,
            List<String> waivable,
            @Nullable Isolation isolation) {
        this(
                question,
                application,
                sha,
                artifacts,
                stage,
                gates,
                source,
                address,
                askedAt,
                http2,
                metrics,
                baseline,
                waivable,
                isolation,
                null);
    }

    /** None of whose gates people may waive, or compares environments. */
    public Assess(
            QuestionKey question,
            ApplicationName application,
            Sha sha,
            List<Artifact> artifacts,
            Stage stage,
            List<Gate> gates,
            Policy.Source source,
            @Nullable URI address,
            Instant askedAt,
            boolean http2,
            @Nullable URI metrics,
            @Nullable Baseline baseline) {
        this(
                question,
                application,
                sha,
                artifacts,
                stage,
                gates,
                source,
                address,
                askedAt,
                http2,
                metrics,
                baseline,
                List.of(),
                null);
    }

    /** The same of a version that speaks HTTP/1.1, whose own metrics no gate looks at, and that is the first one. */
    public Assess(
            QuestionKey question,
            ApplicationName application,
            Sha sha,
            List<Artifact> artifacts,
            Stage stage,
            List<Gate> gates,
            Policy.Source source,
            @Nullable URI address,
            Instant askedAt) {
        this(question, application, sha, artifacts, stage, gates, source, address, askedAt, false, null, null);
    }
}
