/** The HTTP API of releases and policies: checks shape, role and size at once, and submits what is left as inputs. */
@NullMarked
package dev.slipway.release.api;

import org.jspecify.annotations.NullMarked;
