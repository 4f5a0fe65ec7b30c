namespace CustomerResolution.CachingAnswers;

/// <summary>Who can be asked for a customer.</summary>
/// <param name="Loyalty">The loyalty provider.</param>
/// <param name="Contacts">The web shop's contacts, where configured.</param>
internal sealed record CustomerDirectories(CustomerDirectory Loyalty, CustomerDirectory? Contacts);
