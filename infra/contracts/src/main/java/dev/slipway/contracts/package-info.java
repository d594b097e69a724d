/** What the services say to each other: ids, topics, commands and statuses. No Spring, no behaviour beyond validation. */
@NullMarked
package dev.slipway.contracts;

import org.jspecify.annotations.NullMarked;
