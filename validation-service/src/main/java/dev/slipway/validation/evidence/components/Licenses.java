package dev.slipway.validation.evidence.components;

import dev.slipway.validation.evidence.Inventory;
import dev.slipway.validation.evidence.Inventory.Licensed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects which components have which licence. */
final class Licenses {
    private static final int NAMES_EACH_MAX = 100;
    private static final int CHARS_MAX = 300;

    /** A licence as a report writes it; empty where nobody says. */
    record License(String text, boolean named) {
        static final License NOBODY_SAYS = new License("", false);
    }

    private static final class Having {
        private long count;
        private final List<String> components = new ArrayList<>();
    }

    private final Map<License, Having> all = new LinkedHashMap<>();
    /** The one that was added last, as neighbours often have the same. */
    private License last = License.NOBODY_SAYS;

    private @Nullable Having lastHaving;
    private long leftOut;

    /** @param licenses each of them holds; none where nobody says */
    void add(String component, List<License> licenses) {
        if (licenses.isEmpty()) {
            add(component, List.of(License.NOBODY_SAYS));
            return;
        }
        for (License one : licenses) {
            Having having = lastHaving != null && one.equals(last) ? lastHaving : all.get(one);
            if (having == null && all.size() == Inventory.LICENSES_MAX) {
                leftOut++;
                continue;
            }
            if (having == null) {
                having = new Having();
                all.put(one, having);
            }
            last = one;
            lastHaving = having;
            having.count++;
            if (having.components.size() < NAMES_EACH_MAX) {
                having.components.add(Wording.plain(component, CHARS_MAX));
            }
        }
    }

    List<Licensed> list() {
        List<Licensed> list = new ArrayList<>();
        all.forEach((license, having) -> list.add(new Licensed(
                Wording.plain(license.text(), CHARS_MAX), license.named(), having.count, having.components)));
        return Inventory.bounded(list);
    }

    long leftOut() {
        return leftOut;
    }
}
