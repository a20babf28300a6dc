/**
 * What a node shows to people and programs, and what it takes from them, over HTTP.
 *
 * <p>Start at {@link NodeAccess}: all that the API knows of a node. {@link NodeSnapshot} is what
 * the node publishes about itself; nothing here reaches into the state of the node loop.
 *
 * <p>Threads: values are immutable; requests run on threads of their own. Source:
 * docs/operating/api.md.
 */
@NullMarked
package org.witan.validator.api;

import org.jspecify.annotations.NullMarked;
