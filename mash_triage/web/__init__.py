"""The pages' frame, the sign-in and the server: the only folder that knows Streamlit."""
