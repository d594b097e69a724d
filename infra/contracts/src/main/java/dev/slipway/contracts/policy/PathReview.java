package dev.slipway.contracts.policy;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.slipway.contracts.Texts;
import java.util.List;
import java.util.Set;

/**
 * Files whose change somebody in particular has to approve (ADR 68).
 *
 * @param files paths within the repository, with {@code *}, {@code ?} and {@code **} as {@link FilePaths} has them, 1 to
 *     {@value #PATTERNS_MAX}
 * @param by who has to, any one of them: roles of contacts, and addresses of people, which are told by their {@code @} and are
 *     case folded; 1 to {@value #BY_MAX}, each once
 */
public record PathReview(List<String> files, List<String> by) {
    /** Most of them in a policy. */
    public static final int MAX = 20;

    static final int PATTERNS_MAX = 20;
    static final int BY_MAX = 20;
    private static final int ADDRESS_CHARACTERS_MAX = 254;

    public PathReview {
        files = List.copyOf(files);
        Ranges.require("approvals.paths.files: number of patterns", files.size(), 1, PATTERNS_MAX);
        files.forEach(pattern -> FilePaths.requirePattern("approvals.paths.files", pattern));
        by = by.stream().map(who -> isAddress(who) ? Staffing.folded(who) : who).toList();
        Ranges.require("approvals.paths.by: their number", by.size(), 1, BY_MAX);
        by.forEach(who -> Texts.requireLength("approvals.paths.by", who, 1, ADDRESS_CHARACTERS_MAX));
        Policy.requireOnce("approvals.paths.by: each of them", by);
    }

    /** Whether a person is meant, and no role. */
    public static boolean isAddress(String who) {
        return who.indexOf('@') >= 0;
    }

    /** Whether this file is one of them. */
    public boolean takes(String path) {
        return files.stream().anyMatch(pattern -> FilePaths.fits(pattern, path));
    }

    /** The roles among those who have to. */
    @JsonIgnore
    public List<String> roles() {
        return by.stream().filter(who -> !isAddress(who)).toList();
    }

    /** The addresses among those who have to. */
    @JsonIgnore
    public List<String> people() {
        return by.stream().filter(PathReview::isAddress).toList();
    }

    /** Whether whoever has this address, which is case folded, may approve their change, under whichever of their addresses. */
    public boolean isBy(Policy policy, String address) {
        Set<String> roles = policy.rolesOf(address);
        Set<String> person = policy.approvals().addressesOf(address);
        return roles().stream().anyMatch(roles::contains) || people().stream().anyMatch(person::contains);
    }

    /** Which files, for people. */
    @JsonIgnore
    public String name() {
        return String.join(", ", files);
    }

    /** Who has to, for people. */
    @JsonIgnore
    public String who() {
        return String.join(" or ", by);
    }
}
