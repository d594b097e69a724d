package dev.slipway.validation.assessment;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;

/** What Git says about merging a revision. Heads are full commit ids. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MergeAnswer.Clean.class, name = "clean"),
    @JsonSubTypes.Type(value = MergeAnswer.Conflicting.class, name = "conflicting"),
    @JsonSubTypes.Type(value = MergeAnswer.Missing.class, name = "missing"),
    @JsonSubTypes.Type(value = MergeAnswer.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = MergeAnswer.Unreachable.class, name = "unreachable")
})
public sealed interface MergeAnswer {
    /** It merges without conflict. */
    record Clean(String fromHead, String toHead) implements MergeAnswer {}

    /**
     * It does not.
     *
     * @param paths files in conflict, the first few
     * @param conflicts what meets what, in Git's words with the commits; absent in answers from before it was told
     * @param more how many conflicts are left out
     * @param commands that resolve it
     */
    record Conflicting(
            String fromHead,
            String toHead,
            List<String> paths,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> conflicts,
            @JsonSetter(nulls = Nulls.AS_EMPTY) int more,
            @JsonSetter(nulls = Nulls.AS_EMPTY) List<String> commands)
            implements MergeAnswer {
        public Conflicting {
            paths = List.copyOf(paths);
            conflicts = List.copyOf(conflicts);
            commands = List.copyOf(commands);
        }

        public Conflicting(String fromHead, String toHead, List<String> paths) {
            this(fromHead, toHead, paths, List.of(), 0, List.of());
        }
    }

    /** Branch or revision are not there, or the revision is not on the branch: a push may be on its way. */
    record Missing(String why) implements MergeAnswer {}

    /** It cannot be merged until a person does what is said. */
    record Refused(String why) implements MergeAnswer {}

    /** Git could not be asked. */
    record Unreachable(String why) implements MergeAnswer {}
}
