package dev.slipway.web;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller may do. DESIGN section 12. Approving is implied by no other role: who steers and who says yes are to be
 * told apart.
 */
public enum Role {
    VIEWER,
    PUBLISHER,
    APPROVER,
    OPERATOR,
    ADMIN;

    private final String claim = name().toLowerCase(Locale.ROOT);

    /** This role and those that it implies. */
    public Set<Role> implied() {
        return switch (this) {
            case VIEWER -> EnumSet.of(VIEWER);
            case PUBLISHER -> EnumSet.of(PUBLISHER, VIEWER);
            case APPROVER -> EnumSet.of(APPROVER, VIEWER);
            case OPERATOR -> EnumSet.of(OPERATOR, VIEWER);
            case ADMIN -> EnumSet.of(ADMIN, OPERATOR, PUBLISHER, VIEWER);
        };
    }

    /** The role of a name in a token; unknown names mean nothing. */
    static Optional<Role> named(String name) {
        for (Role role : values()) {
            if (role.claim.equals(name)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }
}
