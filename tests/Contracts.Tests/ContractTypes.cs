using Contracts.OrderIngest;

namespace Contracts.Tests;

internal static class ContractTypes
{
    public static IEnumerable<Type> All() => typeof(Order).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal);

    public static IEnumerable<Type> Records() => All().Where(type => type is { IsClass: true, IsAbstract: false });

    /// <summary>The contract records that a record's properties hold, lists included.</summary>
    public static IEnumerable<Type> ValuesInside(Type record) =>
        record.GetProperties()
            .Select(property => property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[0] : property.PropertyType)
            .Where(type => type.Assembly == record.Assembly && type.IsClass);
}
