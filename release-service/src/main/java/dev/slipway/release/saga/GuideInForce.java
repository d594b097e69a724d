package dev.slipway.release.saga;

import dev.slipway.contracts.policy.Guide;
import dev.slipway.contracts.policy.GuideAnswer;
import dev.slipway.contracts.policy.GuideAnswer.By;
import dev.slipway.contracts.policy.GuideHeading;
import dev.slipway.contracts.policy.GuideLine;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.release.GuideFileView;
import dev.slipway.contracts.release.GuideFileView.Difference;
import dev.slipway.contracts.release.GuideFileView.Kind;
import dev.slipway.release.application.Launch;
import dev.slipway.release.policy.GuideHash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The guide that a release goes by (ADR 67): the one that is pinned with its policy, or the one of its revision where somebody
 * has adopted that. What answers its lines stays what the policy has: gates, duties and approvals are no part of it.
 */
public final class GuideInForce {
    private GuideInForce() {}

    /** Null where its policy has none. */
    public static @Nullable Guide of(Dossier d) {
        Policy policy = d.release().policy();
        Guide pinned = policy == null ? null : policy.guide();
        GuideFileView file = d.guideFile();
        return pinned == null || file == null || file.adopted() == null ? pinned : with(pinned, file);
    }

    /** Whether it is that one: adopted, or, where nobody says which, the pinned one. */
    static boolean isNamed(Dossier d, @Nullable String hash) {
        GuideFileView file = d.guideFile();
        Guide guide = of(d);
        if (hash == null) {
            return file == null || file.adopted() == null;
        }
        return guide != null && guide.hash().equals(hash);
    }

    /**
     * The pinned guide with all in which the file differs. A line that stays keeps its answer; one whose text is another keeps it
     * too, yet not the condition that somebody wrote for the text before; what is new is answered by nothing.
     *
     * @throws IllegalArgumentException if a policy's guide cannot have as many lines, or as few
     */
    static Guide with(Guide pinned, GuideFileView file) {
        Map<String, Difference> byId = new HashMap<>();
        file.lines().forEach(each -> byId.put(each.id(), each));
        List<GuideLine> lines = new ArrayList<>();
        for (GuideLine line : pinned.lines()) {
            Difference difference = byId.get(line.id());
            if (difference == null || difference.kind() != Kind.GONE) {
                lines.add(difference == null ? stays(line) : otherwise(line, difference));
            }
        }
        for (Difference difference : file.lines()) {
            if (difference.kind() == Kind.ADDED) {
                place(lines, added(difference), difference.after());
            } else if (difference.kind() == Kind.MOVED) {
                line(lines, difference.id()).ifPresent(line -> {
                    lines.remove(line);
                    place(lines, line, difference.after());
                });
            }
        }
        List<GuideHeading> headings = pinned.headings().stream()
                .filter(heading -> lines.stream().anyMatch(heading::covers))
                .toList();
        return GuideHash.guide(pinned.file(), file.sha256(), lines, headings);
    }

    /** Where it stands in the file now is not known. */
    private static GuideLine stays(GuideLine line) {
        return new GuideLine(line.id(), line.text(), line.under(), null, line.when(), line.answer(), line.where());
    }

    private static GuideLine otherwise(GuideLine line, Difference difference) {
        boolean same = line.text().equals(difference.text());
        return new GuideLine(
                line.id(),
                difference.text(),
                difference.under(),
                difference.line(),
                same ? line.when() : List.of(),
                line.answer(),
                same ? line.where() : null);
    }

    private static GuideLine added(Difference difference) {
        return new GuideLine(
                difference.id(),
                difference.text(),
                difference.under(),
                difference.line(),
                List.of(),
                GuideAnswer.UNANSWERED);
    }

    private static void place(List<GuideLine> lines, GuideLine line, @Nullable String after) {
        int at = after == null ? 0 : lines.size();
        for (int i = 0; after != null && i < lines.size(); i++) {
            if (lines.get(i).id().equals(after)) {
                at = i + 1;
            }
        }
        lines.add(at, line);
    }

    /**
     * Whose approvals fall when a release goes by another guide. Who said yes said it to what the guide asked of this release. A
     * line that asks for the yes of one role alone is the business of that role; any other line that asks for something is
     * everybody's; one that applied to this release neither before nor after, or asks for nothing, is nobody's.
     *
     * @param approvers addresses of those who have approved, in their order
     */
    static List<String> falling(Policy policy, Launch launch, Guide before, Guide after, List<String> approvers) {
        Set<String> roles = new HashSet<>();
        for (String id : ids(before, after)) {
            Optional<GuideLine> was = line(before, id).filter(line -> applies(before, line, launch));
            Optional<GuideLine> is = line(after, id).filter(line -> applies(after, line, launch));
            if (was.map(GuideLine::text).equals(is.map(GuideLine::text))) {
                continue;
            }
            GuideAnswer answer = was.or(() -> is).map(GuideLine::answer).orElseThrow();
            if (answer.by() == By.APPROVAL && !answer.name().equals(GuideAnswer.REQUIRED)) {
                roles.add(answer.name());
            } else if (answer.by() != By.NOTHING) {
                return List.copyOf(approvers);
            }
        }
        return approvers.stream()
                .filter(email -> policy.rolesOf(email).stream().anyMatch(roles::contains))
                .toList();
    }

    private static Set<String> ids(Guide before, Guide after) {
        Set<String> ids = new LinkedHashSet<>();
        before.lines().forEach(line -> ids.add(line.id()));
        after.lines().forEach(line -> ids.add(line.id()));
        return ids;
    }

    static Optional<GuideLine> line(Guide guide, String id) {
        return line(guide.lines(), id);
    }

    private static Optional<GuideLine> line(List<GuideLine> lines, String id) {
        return lines.stream().filter(line -> line.id().equals(id)).findFirst();
    }

    private static boolean applies(Guide guide, GuideLine line, Launch launch) {
        return LeftOut.why(guide, line, launch).isEmpty();
    }
}
