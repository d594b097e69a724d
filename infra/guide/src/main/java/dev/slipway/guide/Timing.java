package dev.slipway.guide;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * When a line is due, or how long it lasts.
 *
 * @param said the guide's words
 * @param anchor what it counts from: {@code release}, {@code freeze}, {@code candidate}, {@code line} (the step before), or
 *     {@code date}
 * @param offset days or hours from there as ISO 8601, negative before it; null where only the guide's words say it
 * @param workingDays whether days are those of a calendar
 * @param lasts a time that something takes at least, rather than when it is due
 */
public record Timing(String said, String anchor, @Nullable String offset, boolean workingDays, boolean lasts) {
    private static final Map<String, Integer> NUMBERS = Map.ofEntries(
            Map.entry("one", 1),
            Map.entry("a", 1),
            Map.entry("an", 1),
            Map.entry("two", 2),
            Map.entry("three", 3),
            Map.entry("four", 4),
            Map.entry("five", 5),
            Map.entry("six", 6),
            Map.entry("seven", 7),
            Map.entry("ten", 10),
            Map.entry("the", 1),
            Map.entry("eine", 1),
            Map.entry("zwei", 2),
            Map.entry("drei", 3));
    private static final String COUNT = "(\\d+|an?|the|one|two|three|four|five|six|seven|ten|eine?|zwei|drei)";
    private static final String UNIT = "\\s*(working |business |calendar |full"
            + " )?(h|hrs?|hours?|days?|weeks?|wks?|wk|months?|minutes?|stunden?|tagen?|tage|wochen?|werktagen?|werktage|arbeitstagen?|arbeitstage)\\b";
    private static final Pattern RELATIVE = Pattern.compile("(?i)\\b" + COUNT + UNIT
            + "\\s*(prior( to)?|before|ahead( of)?|in"
            + " advance|earlier|after|later|following|from|vor|nach|vorher|danach)\\b((?: [\\w-]+){0,3})?");
    private static final Pattern T_MINUS = Pattern.compile("\\b[TRD]\\s?([-+−–])\\s?(\\d+)\\s?([dhwm])?\\b");
    private static final Pattern LASTS =
            Pattern.compile("(?i)\\b(for|at least|minimum( of)?|no (less|fewer) than|mindestens|after( at least)?|wait("
                    + " for)?|over|open for|within|stay)\\s+(at least\\s+)?"
                    + COUNT + UNIT);
    private static final Pattern DAY = Pattern.compile(
            "(?i)\\b(on|at|by|before|no later than|until|every|not? on|am)\\s+(the )?(release day|day of (the"
                    + " )?release|release date|ga (release )?date|rc\\d?"
                    + " date|mon|tues?|wed(nes)?|thurs?|fri|satur|sun)(day)?s?\\b[^.,;:()]{0,30}|\\b(mon|tues|wednes|thurs|fri)days?\\b("
                    + " the week (before|after)| before| after| @ [\\d:]+)?[^.,;:()]{0,30}|\\bday of (the"
                    + " )?release\\b|\\bam tag (der|des)\\b[^.,;:()]{0,20}|\\bby"
                    + " (\\d{4}-\\d\\d-\\d\\d|DD-MM-YYYY|YYYY-MM-DD)");

    static List<Timing> of(String text) {
        List<Timing> found = new ArrayList<>();
        Matcher minus = T_MINUS.matcher(text);
        while (minus.find()) {
            String unit = minus.group(3) == null ? "d" : minus.group(3);
            found.add(new Timing(
                    minus.group(),
                    "release",
                    offset(minus.group(2), unit, !minus.group(1).equals("+")),
                    unit.equals("d"),
                    false));
        }
        Matcher relative = RELATIVE.matcher(text);
        while (relative.find()) {
            boolean before = relative.group(4)
                    .toLowerCase(Locale.ROOT)
                    .matches("prior.*|before|ahead.*|in advance|earlier|vor|vorher");
            String to = relative.group(7) == null ? "" : relative.group(7);
            found.add(new Timing(
                    relative.group().strip(),
                    anchor(to, before),
                    offset(relative.group(1), relative.group(3), before),
                    working(relative.group(2), relative.group(3)),
                    false));
        }
        if (found.isEmpty()) {
            Matcher lasts = LASTS.matcher(text);
            while (lasts.find()) {
                int groups = lasts.groupCount();
                found.add(new Timing(
                        lasts.group().strip(),
                        "line",
                        offset(lasts.group(groups - 2), lasts.group(groups), false),
                        working(lasts.group(groups - 1), lasts.group(groups)),
                        true));
            }
        }
        Matcher day = DAY.matcher(text);
        if (found.isEmpty() && day.find()) {
            boolean release = day.group().matches("(?i).*(release|ga|tag).*");
            found.add(new Timing(
                    day.group().strip(), release ? "release" : "date", release ? "P0D" : null, false, false));
        }
        return List.copyOf(found);
    }

    private static boolean working(@Nullable String kind, String unit) {
        return (kind != null && kind.toLowerCase(Locale.ROOT).matches("(working|business) "))
                || unit.toLowerCase(Locale.ROOT).matches("(werk|arbeits)tage?n?");
    }

    private static String anchor(String to, boolean before) {
        String words = to.toLowerCase(Locale.ROOT);
        if (words.contains("freeze")) {
            return "freeze";
        }
        if (words.matches(".*\\b(rc\\d*|candidate|pre-?release)\\b.*")) {
            return "candidate";
        }
        boolean release =
                words.isBlank() || words.matches(".*\\b(release|ga|launch|version|ship\\w*|veröffentlichung)\\b.*");
        return release || before ? "release" : "line";
    }

    private static String offset(String count, String unit, boolean before) {
        @Nullable Integer known = NUMBERS.get(count.toLowerCase(Locale.ROOT));
        int number = known != null ? known : count.matches("\\d{1,5}") ? Integer.parseInt(count) : 1;
        String sign = before ? "-" : "";
        return switch (Character.toLowerCase(unit.charAt(0))) {
            case 'h', 's' -> "%sPT%dH".formatted(sign, number);
            case 'w' ->
                unit.toLowerCase(Locale.ROOT).startsWith("werk")
                        ? "%sP%dD".formatted(sign, number)
                        : "%sP%dD".formatted(sign, number * 7);
            case 'm' ->
                unit.toLowerCase(Locale.ROOT).startsWith("min")
                        ? "%sPT%dM".formatted(sign, number)
                        : "%sP%dM".formatted(sign, number);
            default -> "%sP%dD".formatted(sign, number);
        };
    }
}
