namespace CustomerResolution.LookingUpCustomers;

/// <summary>One step of a look-up.</summary>
/// <param name="Request">What is asked.</param>
/// <param name="Reader">What the answer means.</param>
internal sealed record LookupStep(RequestTemplate Request, AnswerReader Reader);
