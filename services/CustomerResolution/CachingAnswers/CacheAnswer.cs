namespace CustomerResolution.CachingAnswers;

/// <summary>What the memory of answers had to say.</summary>
internal enum CacheAnswer
{
    /// <summary>Nothing; the provider was asked.</summary>
    Absent = 0,

    /// <summary>A customer.</summary>
    Hit = 1,

    /// <summary>That there is nobody, or nobody who may be tracked.</summary>
    KnownMiss = 2,

    /// <summary>Nothing yet; a look-up under way was waited for.</summary>
    Joined = 3,
}
