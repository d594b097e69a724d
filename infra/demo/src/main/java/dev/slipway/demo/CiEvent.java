package dev.slipway.demo;

import java.net.URI;

/**
 * One CDEvent with what its CloudEvents envelope says.
 *
 * @param id unique within the source; the same fact has the same id however often it is told
 * @param source of CDEvents and CloudEvents alike
 * @param type {@code dev.cdevents.SUBJECT.PREDICATE.VERSION}
 * @param json the CDEvent
 */
public record CiEvent(String id, URI source, String type, String json) {}
