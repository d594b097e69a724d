package dev.slipway.guide;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whom a line names.
 *
 * @param name a role, a team or a person, as the guide writes it
 * @param sees whether they see to it that somebody does it ("[Track]"), rather than do it themselves
 * @param people how many of them, at least 1
 */
public record NamedRole(String name, boolean sees, int people) {
    private static final String ROLES =
            "(?:(?:release|product|project|program|engineering|patch|quality|security|support|docs?|documentation|community|delivery|marketing|comms?|communications?|content|technical|tech|site|on-?call|second|devops|qa|sre|design|core|ci|infra\\w*|platform|team|next"
                    + " release|api|branch|test)[ -])*(?:managers?|shepherds?|captains?|champions?|(?<!technical"
                    + " )leads?|leaders?|engineers?|developers?|reviewers?|maintainers?|writers?|designers?|teams?|admins?|approvers?|submitters?|officers?|coordinators?|testers?|committers?|owners?|pms?|qa|sres?|devops|support|stakeholders?|legal|marketing|security|editors?|shadow|operators?)";
    private static final Pattern PREFIX =
            Pattern.compile("^\\W*([@]?[\\p{L}][\\p{L}\\p{N}&/ ._@-]{0,40}?)\\s*:\\s+\\S");
    private static final Pattern ROLE_PREFIX =
            Pattern.compile("(?i)^(@\\S+|" + ROLES + "|[A-Z]{2,5}|(an?|the) [\\p{L} ]+)$");
    private static final Pattern HANDLE = Pattern.compile("(?<![\\w`/.])@([A-Za-z][\\w-]*(/[\\w-]+)?)");
    private static final Pattern SUBJECT =
            Pattern.compile("(?i)\\b(the|an?|our|one|another|each|any|two|at least \\w+)\\s+(" + ROLES
                    + ")\\b(?!\\s+(process|page|notes|branch|channel))");
    private static final Pattern OF_HEADING = Pattern.compile("(?i)\\b(for|by|as)\\s+(the\\s+|an?\\s+)?(" + ROLES
            + ")\\b|^(" + ROLES + ")\\b(?=( tasks| duties| responsibilities| checklist|$))");
    private static final Pattern FOR_WHOM = Pattern.compile("(?i)\\((for|by|an|für) (the )?(" + ROLES + ")\\)");
    private static final Pattern TRACK = Pattern.compile("(?i)^\\W*\\[?(track|oversee|see to)\\b]?.*");
    private static final Pattern COUNT = Pattern.compile(
            "(?i)\\b(at least"
                    + " )?(two|2|three|3|second)\\b[^.]{0,30}\\b(reviewers?|approv\\w+|people|persons?|developers?|maintainers?|owners?|votes?|engineers?|sign-?offs?|lgtms?)\\b|\\bpair\\b");

    public NamedRole {
        if (people < 1 || name.isBlank()) {
            throw new IllegalArgumentException(
                    "a role has a name and at least one person: '%s', %d".formatted(name, people));
        }
    }

    static Optional<NamedRole> of(GuideLine line) {
        boolean sees = TRACK.matcher(line.text()).matches();
        int people = people(line.text());
        return name(line).map(name -> new NamedRole(name, sees, people));
    }

    private static Optional<String> name(GuideLine line) {
        String column = line.marks().getOrDefault("who", "").strip();
        if (!column.isEmpty() && !column.matches("[-–—_ ]*")) {
            return Optional.of(column);
        }
        Matcher whom = FOR_WHOM.matcher(line.text());
        if (whom.find()) {
            return Optional.of(whom.group(3).strip());
        }
        Matcher prefix = PREFIX.matcher(line.text());
        if (prefix.find() && ROLE_PREFIX.matcher(prefix.group(1).strip()).matches()) {
            return Optional.of(prefix.group(1).strip());
        }
        Matcher handle = HANDLE.matcher(line.text());
        if (handle.find()) {
            return Optional.of("@" + handle.group(1));
        }
        Matcher subject = SUBJECT.matcher(line.text());
        if (subject.find()) {
            return Optional.of(subject.group(2).strip());
        }
        return ofHeadings(line.headings());
    }

    private static Optional<String> ofHeadings(List<String> headings) {
        for (int i = headings.size() - 1; i >= 0; i--) {
            Matcher heading = OF_HEADING.matcher(headings.get(i));
            if (heading.find()) {
                String name = heading.group(3) != null ? heading.group(3) : heading.group(4);
                return Optional.of(name.strip());
            }
        }
        return Optional.empty();
    }

    private static int people(String text) {
        Matcher count = COUNT.matcher(text);
        if (!count.find()) {
            return 1;
        }
        return count.group().matches("(?i).*(three|3).*") ? 3 : 2;
    }
}
