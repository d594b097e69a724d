package dev.slipway.validation.assessment;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.slipway.contracts.validation.Assess;
import dev.slipway.contracts.validation.AssessmentStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where an assessment is. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = AssessmentState.Unasked.class, name = "unasked"),
    @JsonSubTypes.Type(value = AssessmentState.Open.class, name = "open"),
    @JsonSubTypes.Type(value = AssessmentState.Closed.class, name = "closed")
})
public sealed interface AssessmentState {
    String id();

    /** Never heard of. */
    record Unasked(String id) implements AssessmentState {}

    /**
     * Waiting for verdicts.
     *
     * @param gates progress of the question's gates, in the same order. Each is a field of the document of its own, so
     *     that the journal holds what changed and not all gates at each change
     * @param revisionVersion version of the revision's document that was looked at last, 0 for none
     */
    record Open(String id, Assess question, @JsonIgnore List<GateProgress> gates, long revisionVersion)
            implements AssessmentState {
        public Open {
            gates = List.copyOf(gates);
        }

        @JsonCreator
        static Open stored(
                @JsonProperty("id") String id,
                @JsonProperty("question") Assess question,
                @JsonAnySetter Map<String, GateProgress> gates,
                @JsonProperty("revisionVersion") long revisionVersion) {
            return new Open(id, question, List.copyOf(new TreeMap<>(gates).values()), revisionVersion);
        }

        @JsonAnyGetter
        Map<String, GateProgress> fields() {
            Map<String, GateProgress> fields = new TreeMap<>();
            for (int i = 0; i < gates.size(); i++) {
                fields.put("gate-%03d".formatted(i), gates.get(i));
            }
            return fields;
        }

        Open with(int gate, GateProgress progress) {
            List<GateProgress> next = new ArrayList<>(gates);
            next.set(gate, progress);
            return new Open(id, question, next, revisionVersion);
        }

        Open lookedAt(long version) {
            return new Open(id, question, gates, version);
        }
    }

    /** Answered, for good. */
    record Closed(String id, AssessmentStatus status) implements AssessmentState {}
}
