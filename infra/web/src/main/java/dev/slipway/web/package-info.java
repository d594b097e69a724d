/** What every HTTP face of a service shares: identity, roles, problem documents, limits of request bodies. */
@NullMarked
package dev.slipway.web;

import org.jspecify.annotations.NullMarked;
