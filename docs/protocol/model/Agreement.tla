----------------------------- MODULE Agreement -----------------------------
(***************************************************************************)
(* The voting rules C5 of Witan's consensus, without time and messages:    *)
(* whatever was signed may have been heard by anybody, and by nobody. Liars *)
(* sign anything, so a certificate exists once Enough honest members signed *)
(* for it. A member that crashes goes on with the votes on its disk.       *)
(*                                                                         *)
(* A block is the sequence of its ancestors and itself, each as the view   *)
(* that it was proposed in and which of a liar's two it is; <<>> is the     *)
(* block that began the epoch.                                             *)
(***************************************************************************)
EXTENDS Integers, Sequences, FiniteSets, TLC

CONSTANTS
  Honest,    \* members that keep the rules
  Liars,     \* how many others there are
  Views,     \* how many views
  Rotation,  \* the first views of the liar that are looked at: it leads in turn
  InOrder,   \* whether views are taken one after another (see README.md)
  Missing    \* the guard that is left out, or "none"

Members == Cardinality(Honest) + Liars
Faulty == (Members - 1) \div 3
Quorum == (Members + Faulty) \div 2 + 1
Enough == Quorum - Liars - (IF Missing = "quorum" THEN 1 ELSE 0)

ASSUME Liars <= Faulty /\ Rotation \subseteq 1..Members

Crowd == Permutations(Honest)

Keeps(guard) == Missing /= guard

VARIABLES
  turn,      \* the first view that a liar leads
  stage,     \* the view that is taken now; 1 for ever if they are not taken in order
  past,      \* the certificates of the views before it
  proposed,  \* what the honest leader of a view proposed: nothing or one block
  cast,      \* the votes of each honest member
  forgotten, \* those that it forgot
  crashed    \* whether a member has crashed

vars == <<turn, stage, past, proposed, cast, forgotten, crashed>>

Genesis == <<>>
ViewOf(block) == IF block = Genesis THEN 0 ELSE block[Len(block)][1]
ParentOf(block) == SubSeq(block, 1, Len(block) - 1)
IsUpTo(one, other) == Len(one) <= Len(other) /\ SubSeq(other, 1, Len(one)) = one

Vote(kind, view, block) == [kind |-> kind, view |-> view, block |-> block]
Open == IF InOrder THEN {stage} \cap 1..Views ELSE 1..Views
LedByLiar(view) == (view - turn) % Members = 0 /\ view >= turn

-----------------------------------------------------------------------------
(* Certificates. *)

Signed(vote) == Cardinality({m \in Honest : vote \in cast[m]}) >= Enough
Named(view) == {vote.block : vote \in
                  {v \in UNION {cast[m] : m \in Honest} : v.view = view /\ v.kind /= "U"}}

Now(view) ==
  [n |-> {b \in Named(view) : Signed(Vote("N", view, b))},
   u |-> Signed(Vote("U", view, Genesis)),
   f |-> {b \in Named(view) : Signed(Vote("F", view, b))}]

Certified(view) == IF view < stage THEN past[view] ELSE Now(view)

-----------------------------------------------------------------------------
(* Proposals: V3 and V4. *)

Skipped(parent, view) ==
  ~Keeps("gap") \/ \A w \in (parent + 1)..(view - 1) : Certified(w).u

Parents(view) ==
  LET notarized == {Genesis} \cup UNION {Certified(w).n : w \in 1..(view - 1)}
      bare == {<<<<w, 0>>>> : w \in {x \in 1..(view - 1) : Certified(x).n = {}}}
      any == notarized \cup (IF Keeps("parent") THEN {} ELSE bare)
  IN {b \in any : Skipped(ViewOf(b), view)}

Blocks(view) ==
  LET which == IF LedByLiar(view) THEN {0, 1} ELSE {0}
  IN {Append(b, <<view, w>>) : b \in Parents(view), w \in which}

Offered(view) == IF LedByLiar(view) THEN Blocks(view) ELSE proposed[view]

Propose(view) ==
  /\ ~LedByLiar(view) /\ proposed[view] = {}
  /\ \E b \in Blocks(view) : proposed' = [proposed EXCEPT ![view] = {b}]
  /\ UNCHANGED <<turn, stage, past, cast, forgotten, crashed>>

-----------------------------------------------------------------------------
(* Votes: R4, R6, R7 and what a member never does. *)

Own(m, kind, view) ==
  {v \in cast[m] \ forgotten[m] : v.kind = kind /\ v.view = view}

Sign(m, vote) ==
  /\ vote \notin cast[m]
  /\ cast' = [cast EXCEPT ![m] = @ \cup {vote}]
  /\ UNCHANGED <<turn, stage, past, proposed, forgotten, crashed>>

Notarize(m, view) ==
  /\ Keeps("notarize once") => Own(m, "N", view) = {}
  /\ Keeps("notarize before nullify") => Own(m, "U", view) = {}
  /\ \E b \in Offered(view) : Sign(m, Vote("N", view, b))

Nullify(m, view) ==
  /\ Own(m, "U", view) = {}
  /\ Keeps("nullify not finalized") => Own(m, "F", view) = {}
  /\ Sign(m, Vote("U", view, Genesis))

Finalize(m, view) ==
  /\ Own(m, "F", view) = {}
  /\ Keeps("finalize not nullified") => Own(m, "U", view) = {}
  /\ \E b \in Offered(view) :
       /\ Keeps("finalize notarized") => b \in Certified(view).n
       /\ Sign(m, Vote("F", view, b))

Crash(m) ==
  /\ ~crashed
  /\ crashed' = TRUE
  /\ forgotten' = IF Keeps("memory") THEN forgotten ELSE [forgotten EXCEPT ![m] = cast[m]]
  /\ UNCHANGED <<turn, stage, past, proposed, cast>>

(* Of a view that is over only its certificates matter. *)
Advance ==
  /\ InOrder /\ stage <= Views
  /\ stage' = stage + 1
  /\ past' = Append(past, Now(stage))
  /\ proposed' = [proposed EXCEPT ![stage] = {}]
  /\ cast' = [m \in Honest |-> {}]
  /\ forgotten' = [m \in Honest |-> {}]
  /\ UNCHANGED <<turn, crashed>>

-----------------------------------------------------------------------------
Init ==
  /\ turn \in Rotation
  /\ stage = 1
  /\ past = <<>>
  /\ proposed = [v \in 1..Views |-> {}]
  /\ cast = [m \in Honest |-> {}]
  /\ forgotten = [m \in Honest |-> {}]
  /\ crashed = FALSE

Next ==
  \/ \E v \in Open : Propose(v)
  \/ \E v \in Open, m \in Honest : Notarize(m, v) \/ Nullify(m, v) \/ Finalize(m, v)
  \/ \E m \in Honest : Crash(m)
  \/ Advance

Spec == Init /\ [][Next]_vars

-----------------------------------------------------------------------------
(* Promises. *)

Seen == 1..(IF stage > Views THEN Views ELSE IF InOrder THEN stage ELSE Views)

(* Final blocks lie on one chain. *)
P1 == LET final == UNION {Certified(v).f : v \in Seen}
      IN \A a, b \in final : IsUpTo(a, b) \/ IsUpTo(b, a)

(* One block is notarized in a view. *)
P2 == \A v \in Seen : Cardinality(Certified(v).n) <= 1

(* No view is both final and given up. *)
P3 == \A v \in Seen : Certified(v).u => Certified(v).f = {}

(* What is final was notarized. *)
P4 == \A v \in Seen : Certified(v).f \subseteq Certified(v).n

(* A block stands on a notarized one, and every view between was given up and is not final. *)
P5 == \A v \in Seen : \A b \in Certified(v).n :
        LET parent == ParentOf(b)
        IN /\ parent = Genesis \/ parent \in Certified(ViewOf(parent)).n
           /\ \A w \in (ViewOf(parent) + 1)..(v - 1) : Certified(w).u /\ Certified(w).f = {}
=============================================================================
