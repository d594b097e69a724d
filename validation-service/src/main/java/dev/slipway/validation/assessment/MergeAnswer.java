package dev.slipway.validation.assessment;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;

/** What Git says about merging a revision. Heads are full commit ids. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MergeAnswer.Clean.class, name = "clean"),
    @JsonSubTypes.Type(value = MergeAnswer.Conflicting.class, name = "conflicting"),
    @JsonSubTypes.Type(value = MergeAnswer.Missing.class, name = "missing"),
    @JsonSubTypes.Type(value = MergeAnswer.Unreachable.class, name = "unreachable")
})
public sealed interface MergeAnswer {
    /** It merges without conflict. */
    record Clean(String fromHead, String toHead) implements MergeAnswer {}

    /**
     * It does not.
     *
     * @param paths files in conflict, the first few
     */
    record Conflicting(String fromHead, String toHead, List<String> paths) implements MergeAnswer {
        public Conflicting {
            paths = List.copyOf(paths);
        }
    }

    /** Branch or revision are not there, or the revision is not on the branch: a push may be on its way. */
    record Missing(String why) implements MergeAnswer {}

    /** Git could not be asked. */
    record Unreachable(String why) implements MergeAnswer {}
}
