namespace SampleOrders;

/// <param name="Sku">The retailer's code.</param>
/// <param name="Barcode">GTIN-13, or empty for goods that are weighed at the till.</param>
/// <param name="Description">The text on the receipt.</param>
/// <param name="Unit"><c>pcs</c> or <c>kg</c>.</param>
/// <param name="EuroPrice">Price of one unit in Germany.</param>
/// <param name="Reduced">Taxed as food.</param>
internal sealed record Product(string Sku, string Barcode, string Description, string Unit, decimal EuroPrice, bool Reduced);

/// <summary>The 300 products of an invented department store with a food hall.</summary>
internal static class Catalogue
{
    private static readonly string[] Weighed =
    [
        "Apples Elstar", "Pears Conference", "Bananas", "Oranges", "Lemons, unwaxed", "Grapes white", "Tomatoes on the vine", "Potatoes", "Carrots", "Onions",
        "Courgettes", "Aubergines", "Peppers mixed", "Mushrooms", "Spinach", "Gouda, aged", "Emmental", "Brie", "Parmesan", "Feta", "Salami", "Ham, cooked",
        "Ham, air-dried", "Olives green", "Olives black", "Almonds", "Walnuts", "Coffee beans", "Salmon fillet", "Minced beef",
    ];

    private static readonly string[] Food =
    [
        "Wholegrain bread", "Baguette", "Butter", "Milk 1 l", "Yoghurt", "Eggs, 10 pieces", "Honey", "Strawberry jam", "Muesli", "Spaghetti", "Rice basmati",
        "Olive oil", "Vinegar", "Tomato sauce", "Chocolate dark", "Biscuits", "Green tea", "Apple juice", "Mineral water", "Mustard",
    ];

    private static readonly string[] Clothes =
    [
        "T-shirt", "Shirt", "Blouse", "Jumper", "Cardigan", "Jeans", "Chinos", "Skirt", "Dress", "Rain coat", "Down jacket", "Scarf, wool", "Pyjamas", "Socks, 3 pairs", "Belt",
    ];

    private static readonly string[] Colours = ["black", "blue", "red"];
    private static readonly string[] Sizes = ["S", "M", "L", "XL"];

    private static readonly string[] Home =
    [
        "Frying pan 24 cm (9\")", "Saucepan", "Tea towel", "Bath towel", "Candle", "Vase", "Picture frame", "Desk lamp", "Cushion", "Blanket", "Mug", "Plate",
        "Glass", "Knife", "Cutting board", "Kettle", "Toaster", "Notebook", "Ball pen", "Backpack",
    ];

    private static readonly string[] Editions = ["classic", "nature", "studio"];

    public static IReadOnlyList<Product> All { get; } = [.. Products()];

    /// <summary>The first of these are bought by the kilogram.</summary>
    public static int WeighedCount => Weighed.Length;

    private static IEnumerable<Product> Products()
    {
        var number = 0;
        foreach (var name in Weighed)
            yield return new($"W{++number:0000}", "", name, "kg", number <= 15 ? Price(number, 99, 499) : Price(number, 690, 2990), true);
        foreach (var name in Food)
            yield return new($"F{++number:0000}", Gtin(number), name, "pcs", Price(number, 79, 890), true);
        foreach (var name in Food)
            yield return new($"F{++number:0000}", Gtin(number), $"{name}, organic", "pcs", Price(number, 129, 1290), true);
        foreach (var name in Clothes)
            foreach (var size in Sizes)
                foreach (var colour in Colours.Take(number % 2 == 0 ? 3 : 2))
                    yield return new($"{name.Split(' ', ',')[0].ToUpperInvariant()}-{colour[..3].ToUpperInvariant()}-{size}", Gtin(++number), $"{name}, {colour}, {size}", "pcs", Price(name.Sum(letter => letter), 990, 12990), false);
        foreach (var name in Home)
            foreach (var edition in Editions)
                yield return new($"H{++number:0000}", Gtin(number), $"{name} {edition}", "pcs", Price(number, 290, 8990), false);
    }

    /// <summary>Cents between the two bounds, small prices more often, ending in 9.</summary>
    private static decimal Price(int number, int least, int most)
    {
        var share = Dice.Mix((ulong)number * 977) % 1000;
        var cents = least + ((long)(most - least) * (long)(share * share) / 1_000_000);
        return ((cents / 10 * 10) + 9) / 100m;
    }

    private static string Gtin(int number)
    {
        // Prefix 2 is for use inside a company: nobody else's product has this code.
        var digits = $"27000{number:0000000}";
        return $"{digits}{CheckDigit(digits)}";
    }

    /// <summary>The thirteenth digit of an EAN-13.</summary>
    public static int CheckDigit(string digits) => (10 - (digits.Select((digit, i) => (digit - '0') * (i % 2 == 0 ? 1 : 3)).Sum() % 10)) % 10;
}
