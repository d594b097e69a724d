/** An application: its policy, its versions and their order. Creates releases from proposals. Pure. */
@NullMarked
package dev.slipway.release.application;

import org.jspecify.annotations.NullMarked;
