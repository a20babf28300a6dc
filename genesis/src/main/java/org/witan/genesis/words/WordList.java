package org.witan.genesis.words;

import java.util.List;

/**
 * 2048 English words of 4 to 8 letters, in the order of the alphabet.
 *
 * <p>No two begin with the same four letters, and none becomes another by one letter changed, added
 * or left out or by two neighbours swapped. The list is part of the format: it never changes. It
 * stands here and not in a resource so that reading it is no input or output.
 */
final class WordList {
    static final List<String> WORDS =
            List.of(
                    """
                    abacus abbey ability ablaze aboard abound abrupt absent absorb abstract abundant
                    academy accent acclaim account achieve acid acorn acquire acrobat action actor
                    acute adapt addition adhere adjust admiral adobe adult advance adverb advice
                    aerial affair affirm afford afloat afresh after again agenda agile agree ahead
                    airport airship aisle alarm album alchemy alcove alert algebra alias alike
                    almanac almond aloft alone alpaca alpha alpine already also although always
                    amateur amazing amber ambition amend amethyst amigo among amount ample amuse
                    anagram analyst anchor ancient anemone angel animal anise ankle annex announce
                    annual answer antenna anthem antique antler anvil anybody apart apology apparent
                    appoint april apron aquarium aqueduct arcade archer arctic arena argument armada
                    armor aroma arrange arrive arrow artisan ascend ashore aside asleep aspect
                    asphalt assemble assist assume astonish astro athlete atlas atom atrium attach
                    attend attic attract auburn audible august aunt author autumn avenue average
                    avocado avoid awake award awesome awhile awkward axiom axle azalea azure babble
                    baboon baby bachelor backpack bacon badge baffle bagel baggage bagpipe bakery
                    balance balcony ballad bamboo banana bandit banjo banner banquet barber bargain
                    barley barn barrel basil basket bassoon batch bathtub battery bayou bazaar beach
                    bead beagle beaver because become bedrock beehive beetle before begin behave
                    behind beige belfry believe bellow belong beluga beneath berry beside better
                    between beyond bicycle bigger bike binary bingo biology birch bird birthday
                    biscuit bishop bison bizarre black blade blanket blend bless blimp blink
                    blizzard blossom blouse blue bluff blush boat bobcat body boil bolster bonfire
                    bonnet bonus book boost borrow boss botany both bottle bounce bouquet bovine
                    boxer bracket brain brake branch brass breeze brick bridge bright brine broccoli
                    bronze broom brother brown bucket buddy budget buffalo buggy bulb bulge bumper
                    bunch bundle bungalow bunny buoy burden bureau burger burlap burst business
                    butcher button buzz bygone bypass cabbage cabin cable cactus caddie cadet cafe
                    calcium calendar calico calm camel campus canal candle cannon canoe canteen
                    canvas capable capital capsule captain caramel carbon cardinal cargo caribou
                    carnival carol carpet carrot cartoon carve cascade cashew cassette castle casual
                    catalog category caution cavern caviar cedar ceiling celery cement census center
                    ceramic certain chain chalk chamber change chapter charm chase chat cheap check
                    cheese chef cherry chess chevron chicken child chimney chip chisel chive choice
                    chorus chrome chuckle chunk churn cider cinema cinnamon circle cistern citadel
                    citizen citrus city civic claim clap clarinet classic clean clerk clever click
                    cliff climb clinic cloud clown cluster clutch coach coast cobalt cobbler cobra
                    cocoa code coffee coin collect colony column combine comet comfort comic common
                    compass comrade concert condor confirm connect consider contact convoy cookie
                    copper copy coral cord corner correct cottage cougar country couple courage
                    cousin cover cowboy coyote crab cradle craft crane crater crayon cream credit
                    crew cricket crimson crisp critic crocus crop cross cruise crumb crystal cube
                    cuckoo cuddle culture cumin cupboard curator curious cushion custom cutlery
                    cycle cypress dahlia daily dance daring dark dash data dawn daylight dazzle deal
                    debate debris decade december deck declare decorate deed defend define deflect
                    degree delay deliver delta demand denim dense dental depart deposit depth deputy
                    derby derive describe desert design despite destiny detail detect develop device
                    devote dewdrop diagram diamond diary dice diesel diet differ digest digital
                    dignity dilemma dilute dinner dinosaur diploma direct disc distance divide dizzy
                    doctor document dodge dollar dolphin domain dome donate donkey donor double
                    dozen dragon drama drapery drawing dress drift drink drizzle drum dugout
                    dumpling dune dust duty dwarf dwell dynamic eager early earth easel east ebony
                    echo eclipse ecology economy eddy edge edible edit educate eerie effect effort
                    eggplant either eject elapse elastic elbow elder electric elegant element
                    elephant elevator elite else email embark emblem embrace emerald emotion emperor
                    employ empty enable enact enamel enchant encore endless endorse energy enforce
                    engine enhance enjoy enlist enormous enough enrich ensure enthuse entire entry
                    envelope enzyme epic episode equal equip ermine errand erupt escape escort essay
                    essence estate eternal ethics evening every evident evolve example excess
                    exchange exercise exhibit exile exist exotic expand explain export express
                    extend extra eyebrow fabric face faith falcon fall false family famous fancy
                    fantasy farewell farm fashion father faucet favor february federal feel feline
                    fence fennel fern ferret fertile festival fetch fiber fiction fiddle field
                    fierce fifteen figure filament film filter final finch finger finish fiord fire
                    first fiscal fish fitness flag flame flank flash fleece flexible flicker flight
                    flint flip flock floor fluent fluffy flute foam focus foggy folder folk follow
                    fondue food forbid forest forget formal fortune forum forward fossil foster
                    fountain foxglove fragile freckle freedom freight friend fringe frog front
                    frozen frugal fruit fudge function furnace fusion future fuzzy gadget galaxy
                    gallery game gander garage garden garlic garment garnet gasoline gauge gazebo
                    gecko gemstone general genius gentle genuine geology geranium gerbil gesture
                    geyser giant gift giggle giraffe give glacier glad glance glass gleam glide
                    glimpse glitter globe glory glow goal goblet gold gondola goose gopher gorge
                    gorilla gourd govern gown grace granite gravity green grid grizzly grocer group
                    grove growth guard guess guitar gulf gully gumbo guru gusto gutter gymnast
                    gypsum habit hacienda haddock half halibut hallway hamlet hammer hamster hand
                    happy harbor hardware harmony harp harvest haste hatchet haul have hawk hazel
                    health heart heaven height heirloom helium hello helmet help hemlock herb
                    heritage hermit heron hesitate hexagon hibiscus hickory hidden high hill hinge
                    hippo history hobby hockey holiday holly honey hope horizon hornet horse
                    hospital huge human humid hummock hundred hungry hunter hurdle hurry husk hybrid
                    hydrant hyena iceberg icicle icon idea identify igloo ignite ignore iguana image
                    imitate immense immune impact imply import improve include income index indigo
                    indoor industry infant inform inhale inherit initial inject inland innocent
                    input inquiry inside inspire install intact invent invite involve inward iris
                    isolate issue item itself ivory jacket jade jaguar jalapeno january jasmine
                    jasper javelin jazz jeans jelly jersey jester jetty jewel jigsaw jingle joke
                    jostle journey joyful jubilee juggle juice july junior justice kangaroo karate
                    kayak kebab keen kestrel ketchup kettle keyboard kick kidney kilogram kimono
                    kindle king kiosk kitchen kite kitten kiwi knack knapsack kneel knife knit knob
                    knuckle koala kudos label labor ladder lady lagoon lake lamb landmark language
                    lantern laptop large laser lasso latitude lattice laugh laundry laurel lavender
                    lawyer leader leaf league learn leather leave lecture ledger leek left legacy
                    legend legume leisure lemon length lens lentil leopard lettuce level liberty
                    library license lichen lilac lily lime limit linden lion liquid list literacy
                    little lizard llama load lobster local locket locust lofty logic lonely long
                    loop lotus lounge love lucky luggage lullaby lumber lunar lupine luxury lychee
                    lynx lyric macaroni machine mackerel madam magazine magenta magic magnet
                    mahogany maiden maize major malt mammal manage mandarin mango mantle manual
                    marathon marble march margin marigold market maroon marvel mascot mask mason
                    master material matrix maximum maybe meadow meaning measure mechanic medal
                    medium meerkat meeting melody member memory mention menu mercury merge merit
                    mesh message meteor method metro microbe midnight might mild mimic mineral
                    minimum minnow mint minute miracle mirror mischief misty mixture mobile mocha
                    model modify module mohair moist molasses mole moment monarch monitor monsoon
                    month monument moon morsel mosaic mosquito mother motor mouse movie much muffin
                    mulberry multiply museum mushroom music muskrat mutual muzzle myrtle mystery
                    myth nail naive napkin narrate nasal nation nature nautical navy near nebula
                    nectar needle neglect neon nephew nerve nest network neutral never news nibble
                    nickel niece nine noble nobody noise nomad noodle north notable nothing notice
                    nourish novel nozzle nuance nurse nutmeg nylon nymph oasis oatmeal obey object
                    oblige oboe observe obtain obvious occasion occur ocean ocelot octagon octopus
                    offer office often okra olive omega omelet omit once onion online only onset
                    onyx opal open opera opinion oppose optic opus orange orbit orca orchard order
                    ordinary oregano organ orient origin oriole ornament orphan ostrich otter
                    outcome outdoor outfit output outside owner oxide oxygen oyster ozone pacific
                    pack paddle page pagoda paint pajamas palace pamphlet panda panel panic panther
                    papaya paper paprika parade parcel pardon parent parlor parsley partner passage
                    pasta path patient patrol pattern pavilion payment peak peanut pebble pecan
                    pelican pencil penguin pension people pepper percent perfect period person
                    petition petunia pewter pharmacy pheasant phone photo phrase physics piano
                    pickle picnic picture pigeon pilgrim pillow pilot pink pioneer pipe pirate
                    piston pitcher pixel pizza plaid planet plaster platinum player plaza pleasure
                    pledge plenty pliers pluck plum plunge plural podium poem poker polar polish
                    polka polo poncho pond popcorn popular porch porpoise portion possible post
                    potato pottery powder practice prairie predict prefer present pretzel price
                    primary prior prism private problem process produce project promise proof proud
                    provide prudent prune public pudding pulley pulp pulse puma pumpkin pupil puppet
                    purchase purple push pyramid python quail quality quantum quarry quasar queen
                    quench query quest quick quiet quill quince quiver quiz quorum quota rabbit
                    raccoon radar radiant ragtime raisin rally ramble random rapid rare rascal raven
                    ravine react ready reason rebuild recall receive recipe record recruit recycle
                    redeem reduce reef reform refuge regal region regret regular rehearse reindeer
                    relax release relief rely remain remember remind remote render renew rent repair
                    repeat report reptile request rescue resemble resist result retire retreat
                    return reunion reveal review reward rhino rhubarb rhyme rhythm ribbon rigid
                    rinse ripple ritual rival river robin robot robust rodent romance rooster rose
                    rotate rotunda rough round royal rubber ruby rudder rugged rule runner rural
                    russet rustic safari saffron saga salad salmon salute sandal sapling sapphire
                    sardine satchel satin sauna sausage savanna savory sawdust scale scarf scatter
                    scenic scheme school science scissors scoop scope scout scrap screen script
                    scroll sculptor seafood search seat second secret section sedan segment seldom
                    select senate senior sentence separate sequel serene series service sesame
                    session seven shadow shaft shallow shape shark sheep shelf sheriff shield shine
                    shirt shiver shoe should shovel shrimp shrub shuffle shut sibling sierra sieve
                    sign silent silk silver similar simple since siren sister sixty size skate
                    sketch skill skin skunk skyline slab sled slender slice slim slipper slogan slot
                    slump small smart smelt smile smoke smooth snake sneaker sniff snorkel snow soap
                    soccer social sock soda soft soldier solid solve somebody sonar soothe soprano
                    sorbet sorrel south soybean space spaniel spatula special speech sphere spider
                    spiral splash sponge spoon sport spray spring sprout spruce spur square squirrel
                    stable stadium staff stage stamp star statue steady step stereo stick sting
                    stitch stomach stone stool storm straw street strike strong stucco studio sturdy
                    style subject sublime submit suburb success sudden suede suffix sugar suggest
                    suit sultan summer sunday sunset super supply supreme surf surprise surround
                    survey sushi sustain swan swarm sweater swift sword sycamore syllable symphony
                    syrup system tablet tackle taco tactic tadpole talent talk tambour tandem tangle
                    tape tapir target tariff tartan tassel taxi teapot teaspoon technic tedious
                    telegram tell temple tenant tennis tepee term terrace text thank thaw theater
                    theme then theory thermal thick thimble thing third thistle thorn thought thread
                    thrive thrush thumb thunder tiara ticket tidy tiger tile timber tinsel titan
                    today toddler together toggle token tomato tomorrow tongue tonic tooth topaz
                    tornado tortoise total toucan tour toward towel track trade traffic transfer
                    trapeze travel tray treasure tree trellis trend trial tribe trigger trillion
                    trim triumph trivia trolley trombone trophy truffle trumpet trunk trust truth
                    tuesday tugboat tulip tuna tundra tunnel turban turkey turmeric turnip turtle
                    tutor tuxedo tweed twelve twenty twice twig twilight twist typhoon typical
                    ukulele ultimate umbrella umpire uncle under undo unfold unicorn uniform unique
                    universe unknown unlock unpack until unusual unveil update upgrade uphill uphold
                    upland upon upper upright uproar upset upstairs uptown upward uranium urchin
                    urge usage useful usher usual utensil utility utmost utopia vaccine vacuum vague
                    valid valley valve vanilla vapor variety varnish vase vault vector velocity
                    velvet vendor venture verandah verdict verify verse vertical vessel veteran
                    viaduct vibrant vicar victory video view vigor viking villa vinegar vintage
                    vinyl violet virtual visa visible visual vital vivid voice volcano voltage
                    volume vortex vote voyage waggle wagon waiver wallaby walnut walrus waltz want
                    warbler wardrobe warning warrior wasp water wedding weekend weigh welcome weld
                    wharf wheat wheel whimsy whirl whisper white wicker wide widget width wind
                    winter wisdom wisteria within wolf woman wombat wonder wool work world wrangle
                    wrap wreath wren wrestle wrist wrought xenon xylem yacht yard yeoman yoga yogurt
                    young yourself yucca yummy zealous zebra zenith zephyr zero zigzag zinc zinnia
                    zipper zircon zodiac zoology zoom zucchini
                    """
                            .split("\\s+"));

    private WordList() {}
}
