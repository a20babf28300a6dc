package org.witan.chain.merkle;

import java.util.Optional;

/** Where the pages of a tree are read. */
@FunctionalInterface
public interface PageSource {
    /** A page as it was written; empty if it never was, or was pruned. */
    Optional<TreePage> page(TreeKey key);
}
