namespace SampleOrders;

/// <summary>
/// A random generator of our own (SplitMix64): the same seed gives the same bytes on every platform and every version of .NET, which
/// <see cref="Random"/> does not promise.
/// </summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A well-mixed number for an index, without any state: what belongs to member 4711 need not be kept.</summary>
    public static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>0 to below 1.</summary>
    public double Share() => (Mix(_state += 0x9E3779B97F4A7C15) >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double share) => Share() < share;

    public int Below(int end) => (int)(Share() * end);

    public int Between(int first, int last) => first + Below(last - first + 1);

    public T OneOf<T>(IReadOnlyList<T> items) => items[Below(items.Count)];
}
