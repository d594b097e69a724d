/** release-service: policies, versions, and the saga of each release. */
@NullMarked
package dev.slipway.release;

import org.jspecify.annotations.NullMarked;
