package dev.slipway.contracts.notification;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How a contact, or whoever is announced to, is told. */
public enum Channel {
    SLACK,
    EMAIL,
    /** A status page: of announcements alone. */
    STATUS_PAGE,
    /** The text of a release at its Git host: of announcements alone. */
    RELEASE_TEXT,
    @JsonEnumDefaultValue
    UNKNOWN
}
