using System.Text;

namespace CustomerResolution.AuthenticatingRequests;

/// <summary>A client's id and secret as HTTP Basic sends them.</summary>
internal static class ClientPassword
{
    public static string Basic(string id, string secret) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"))}";
}
