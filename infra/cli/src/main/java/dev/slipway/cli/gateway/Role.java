package dev.slipway.cli.gateway;

/** Roles that a token may have; what each may do stands in DESIGN section 12. */
public enum Role {
    VIEWER,
    PUBLISHER,
    APPROVER,
    OPERATOR,
    ADMIN
}
