package dev.slipway.validation.revision;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** Something that came for a revision. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Evidence.class, name = "evidence"),
    @JsonSubTypes.Type(value = Unreadable.class, name = "unreadable"),
    @JsonSubTypes.Type(value = Check.class, name = "check")
})
public sealed interface Arrival permits Evidence, Unreadable, Check {}
