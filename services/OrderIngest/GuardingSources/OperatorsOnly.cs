namespace OrderIngest.GuardingSources;

/// <summary>Keeps sources' keys out of what is about all sources. Asked after <see cref="OperatorGuard"/> and <see cref="SourceGuard"/>; where no key is required, everybody may.</summary>
internal sealed class OperatorsOnly(RefusedKeys refused) : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (OperatorGuard.IsOperator(http) || SourceGuard.KeyOf(http) is not { } key)
            return next(context);
        refused.Note(key, Refusals.OnlyOperators);
        return ValueTask.FromResult<object?>(Refusals.NotAnOperator());
    }
}
