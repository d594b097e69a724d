package dev.slipway.contracts.notification;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** How a contact is told. */
public enum Channel {
    SLACK,
    EMAIL,
    @JsonEnumDefaultValue
    UNKNOWN
}
