package dev.slipway.cli.guide;

import dev.slipway.contracts.policy.Duty;
import dev.slipway.contracts.policy.Policy;
import dev.slipway.contracts.policy.ReleaseKind;
import dev.slipway.contracts.policy.WaitsOn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Lists in the text of a policy get more elements at their end, and every other line of the text is left as it is. */
final class PolicyLists {
    private PolicyLists() {}

    /**
     * @param items in YAML's flow style
     * @throws IllegalArgumentException if the key is there and holds no list
     */
    static String add(String yaml, String key, List<String> items) {
        if (items.isEmpty()) {
            return yaml;
        }
        String eol = yaml.contains("\r\n") ? "\r\n" : "\n";
        List<String> text = new ArrayList<>(yaml.lines().toList());
        List<NodeTuple> keys = GuideSection.root(yaml).getValue();
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).getKeyNode() instanceof ScalarNode name
                    && name.getValue().equals(key)) {
                int to = i + 1 < keys.size()
                        ? keys.get(i + 1).getKeyNode().getStartMark().getLine()
                        : text.size();
                append(text, keys.get(i).getValueNode(), to, items, key);
                return String.join(eol, text) + eol;
            }
        }
        text.add(key + ":");
        items.forEach(item -> text.add("  - " + item));
        return String.join(eol, text) + eol;
    }

    /** @param to line of the next key */
    private static void append(List<String> text, Node value, int to, List<String> items, String key) {
        if (!(value instanceof SequenceNode list)) {
            throw new IllegalArgumentException("%s of it is no list".formatted(key));
        }
        if (list.getFlowStyle() == DumperOptions.FlowStyle.FLOW) {
            int line = list.getEndMark().getLine();
            String last = text.get(line);
            int end = last.offsetByCodePoints(0, list.getEndMark().getColumn() - 1);
            boolean comma = !list.getValue().isEmpty()
                    && !last.substring(0, end).stripTrailing().endsWith(",");
            text.set(
                    line,
                    last.substring(0, end).stripTrailing()
                            + (comma ? ", " : "")
                            + String.join(", ", items)
                            + last.substring(end));
            return;
        }
        int from = list.getStartMark().getLine();
        String indent = " ".repeat(list.getStartMark().getColumn());
        int at = to;
        while (at > from + 1 && GuideSection.isBetween(text.get(at - 1))) {
            at--;
        }
        text.addAll(at, items.stream().map(item -> indent + "- " + item).toList());
    }

    static String duty(Duty duty) {
        StringBuilder item = new StringBuilder("{id: %s, text: %s, by: %s, %s"
                .formatted(
                        GuideSection.quoted(duty.id()),
                        GuideSection.quoted(duty.text()),
                        GuideSection.quoted(duty.by()),
                        duty.moment().replaceFirst(" ", ": ")));
        if (duty.people() > 1) {
            item.append(", people: ").append(duty.people());
        }
        @Nullable WaitsOn waits = duty.waits();
        if (waits != null) {
            item.append(", waits: {on: %s, expected: %s, longest: %s, ends: {person: true}}"
                    .formatted(GuideSection.quoted(waits.on()), time(waits.expected()), time(duty.within())));
        } else if (!duty.within().equals(Binding.WITHIN)) {
            item.append(", within: ").append(time(duty.within()));
        }
        if (!duty.when().isEmpty()) {
            item.append(
                    duty.when().stream().map(ReleaseKind::word).collect(Collectors.joining(", ", ", when: [", "]")));
        }
        return item.append('}').toString();
    }

    static String time(Duration time) {
        return time.toMinutes() % 60 == 0 ? time.toHours() + "h" : time.toMinutes() + "m";
    }

    static String contact(Policy.Contact contact) {
        return "{role: %s, name: %s, email: %s}"
                .formatted(
                        GuideSection.quoted(contact.role()),
                        GuideSection.quoted(contact.name()),
                        GuideSection.quoted(String.valueOf(contact.email())));
    }
}
